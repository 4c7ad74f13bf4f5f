import { type Call, header } from '#sandbox/http.ts'
import { find } from './occurrences.ts'
import { noMeeting, noUser, Refusal } from './refusal.ts'
import {
  type Account,
  accountOf,
  type Chain,
  type Meeting,
  type Occurrence,
  type Person,
  personOf,
  type State,
} from './state.ts'

/** Who asks: the person whose token it is, in their account. */
export type Context = { state: State; chain: Chain; person: Person; account: Account }

const unauthorized = (message: string): Refusal => new Refusal(401, 124, message)

/** Whose token a call carries; refuses one that does not work. Only the header is looked at. */
export function identify(call: Call, state: State): Context {
  const [, value] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  if (value === undefined) throw unauthorized('Requires an access token.')
  const token = state.accessTokens.get(value)
  const person = token && personOf(state, token.chain.person)
  const account = person && accountOf(state, person.account)
  const isOpen = !state.settings.appDisabled && account?.isDisabled === false && person?.isDeleted === false
  if (!token || token.chain.endedBy !== null || !isOpen) throw unauthorized('Invalid access token.')
  if (token.expiresAt <= state.world.clock.now()) throw unauthorized('Access token is expired.')
  call.note.token = token.value
  call.note.account = person.email
  return { state, chain: token.chain, person, account }
}

/** Refuses a token that was not given this scope. */
export function requireScope({ chain }: Context, scope: string): void {
  if (chain.scopes.includes(scope)) return
  throw new Refusal(400, 4711, `Invalid access token, does not contain scopes:[${scope}].`)
}

/** Refuses every user but `me`: the token of one person knows nobody else, not even by their own id. */
export function requireMe(user: string): void {
  if (user !== 'me') throw noUser(user)
}

/** The occurrence of a path that a past meeting is asked for by: the latest that is over, or the one of a uuid. */
export function pastOccurrence({ state, person }: Context, text: string): { meeting: Meeting; occurrence: Occurrence } {
  const { meeting, occurrence } = find(state, text) ?? {}
  if (!meeting || !occurrence) throw noMeeting(text)
  if (meeting.host !== person.email) throw new Refusal(400, 300, 'Cannot access meeting information.')
  return { meeting, occurrence }
}

/** The id of a path as it was sent: none that its own slashes would have broken off (developers.zoom.us/docs/api/using-zoom-apis). */
export function pathId(text: string): string {
  const isBroken = text.startsWith('/') || text.includes('//')
  if (isBroken) throw noMeeting(text)
  if (!text.includes('%')) return text
  const inner = decoded(text)
  // Twice is for those alone that would break.
  if (!inner.startsWith('/') && !inner.includes('//')) throw noMeeting(text)
  return inner
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw noMeeting(text)
  }
}
