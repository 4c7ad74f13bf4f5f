import type { Call } from '#sandbox/http.ts'
import { type Args, type Context, isOn, Refusal } from './access.ts'
import { announce, type Happening } from './events.ts'
import type { Installation, State } from './state.ts'
import { authenticate } from './token-endpoint.ts'
import { endUser, revokeToken, uninstall } from './tokens.ts'

/** auth.revoke of the token it is called with; `test` tries without doing it. */
export function revokeOwnToken({ state, caller, args }: Context): object {
  if (isOn(args.test)) return { revoked: false }
  tellingEnd(state, caller.installation, () => revokeToken(state, caller.token))
  return { revoked: true }
}

/** auth.revoke of a refresh token, which is no token to call with; null when it is none. */
export function revokeRefreshToken(state: State, value: string | undefined, args: Args): object | null {
  const token = [...state.tokens.values()].find(({ refresh }) => refresh?.value === value)
  if (!token?.refresh) return null
  if (token.refresh.isRevoked) throw new Refusal('invalid_auth')
  if (isOn(args.test)) return { revoked: false }
  token.refresh.isRevoked = true
  return { revoked: true }
}

/** apps.uninstall: the app leaves the workspace. */
export function uninstallApp(call: Call, { state, caller, args }: Context): object {
  authenticate(call, state, args)
  if (state.settings.uninstallForbidden && caller.token.kind === 'bot') throw new Refusal('no_permission')
  removeApp(state, caller.installation)
  return {}
}

/** Removes the app from a workspace, as its administrator may too; answers how many tokens ended. */
export const removeApp = (state: State, installation: Installation): number =>
  tellingEnd(state, installation, () => uninstall(state, installation))

/** Ends what the app may do in the name of one person; answers how many tokens ended. */
export const removeUser = (state: State, installation: Installation, userId: string): number =>
  tellingEnd(state, installation, () => endUser(state, installation, userId))

/** Ends one token by its value, as auth.revoke would; answers how many tokens ended. */
export function removeToken(state: State, value: string): number {
  const token = state.tokens.get(value)
  const installation = token && state.installations.get(token.teamId)
  if (!token || !installation || token.ended !== null) return 0
  return tellingEnd(state, installation, () => revokeToken(state, token))
}

/** Does something that ends tokens, and tells the app whose tokens these were. Answers how many ended. */
function tellingEnd(state: State, installation: Installation, work: () => void): number {
  const living = [...state.tokens.values()].filter(({ ended }) => ended === null)
  work()
  const ended = living.filter((token) => token.ended !== null)
  const usersOf = (kind: 'bot' | 'user') => [
    ...new Set(ended.filter((token) => token.kind === kind).map(({ userId }) => userId)),
  ]
  const happenings: Happening[] = []
  if (ended.length > 0)
    happenings.push({ type: 'tokens_revoked', tokens: { oauth: usersOf('user'), bot: usersOf('bot') } })
  if (!state.installations.has(installation.teamId)) happenings.push({ type: 'app_uninstalled' })
  if (state.settings.sendsEvents) void announce(state, installation, happenings)
  return ended.length
}
