import { type Answer, basic, type Call, header, json } from '#sandbox/http.ts'
import {
  type Account,
  accountOf,
  named,
  type Permission,
  type Repository,
  repositoryNamed,
  type State,
  type Token,
  type Workspace,
} from './state.ts'

/** Who asks: nobody, or a person by a token of theirs. */
export type Caller = { token: Token | null; account: Account | null; key: string }
export type Context = { state: State; caller: Caller }

/** An answer that ends the request early. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super(`answered with ${answer.status}`)
    this.answer = answer
  }
}

/** An error in Bitbucket's one envelope; `beside` stands next to `error` as well, which some of its errors do. */
export const refusal = (status: number, message: string, more: object = {}, beside: object = {}): Refusal =>
  new Refusal(json(status, { type: 'error', error: { message, ...more }, ...beside }))

/** A request that makes no sense. */
export const invalid = (message: string): Refusal => refusal(400, message)
/** Something that is not there, or not for this caller. */
export const notFound = (message: string): Refusal => refusal(404, message)
const noRepository = (): Refusal =>
  notFound(
    'You may not have access to this repository or it no longer exists in this workspace. If you think this repository exists and you have access, make sure you are authenticated.',
  )
/** The 404 of a branch, commit or abbreviation that means nothing; what was asked for stands in it twice. */
export const noCommit = (ref: string): Refusal => {
  const data = { shas: [ref] }
  return refusal(404, 'Commit not found', { data }, { data })
}
const badToken = (): Refusal => refusal(401, 'Token is invalid, expired, or not supported for this endpoint.')

/** Who sent this call; a header that does not work is a 401, whatever is asked for. */
export function callerOf(call: Call, state: State): Caller {
  if (header(call, 'authorization') === undefined) return { token: null, account: null, key: `ip:${call.address}` }
  const sent = basic(call)
  const token = sent && state.tokens.get(sent.password)
  if (!sent || !token) throw badToken()
  call.note.token = token.value
  call.note.account = token.account
  // A token without scopes, one for another product and an app password fail alike.
  if (token.kind !== 'scoped' || token.expiresAt <= state.world.clock.now()) throw badToken()
  if (sent.user.toLowerCase() !== token.account) throw new Refusal({ status: 401 })
  const account = accountOf(state, token.account) ?? null
  return { token, account, key: `user:${token.account}` }
}

/** Refuses a token that lacks any of these scopes; nobody's call needs none. */
export function requireScopes({ token }: Caller, required: readonly string[]): void {
  if (!token || required.every((scope) => token.scopes.includes(scope))) return
  throw refusal(403, 'Your credentials lack one or more required privilege scopes.', {
    detail: { granted: token.scopes, required },
  })
}

/** The person who asks, or a 401. */
export function signedIn({ account }: Caller): Account {
  if (account) return account
  throw badToken()
}

/** What a person may do with a repository; owners of its workspace administer it, everybody reads a public one. */
export function permissionOf(state: State, email: string | undefined, repository: Repository): Permission | null {
  const home = named(state.workspaces, repository.workspace)
  if (email !== undefined && home?.members[email] === 'owner') return 'admin'
  const granted = email === undefined ? undefined : repository.grants[email]
  return granted ?? (repository.isPrivate ? null : 'read')
}

const isWithin = ({ token }: Caller, workspace: string): boolean =>
  token === null || token.workspace === null || token.workspace === workspace

/** Whether a caller may know of a repository at all. */
export const isVisible = ({ state, caller }: Context, repository: Repository): boolean =>
  isWithin(caller, repository.workspace) && permissionOf(state, caller.account?.email, repository) !== null

/** The repository that an address names, if this caller may read it. */
export function readable(context: Context, { workspace = '', repo = '' }: Record<string, string>): Repository {
  const repository = repositoryNamed(context.state, workspace, repo)
  if (repository && isVisible(context, repository)) return repository
  throw noRepository()
}

/** The workspace that an address names, if it exists and this token may know of it. */
export function existing({ state, caller }: Context, name: string): Workspace {
  const workspace = named(state.workspaces, name)
  if (workspace && isWithin(caller, workspace.slug)) return workspace
  throw notFound(`No workspace with identifier '${name}'.`)
}

/** The same for a workspace whose members alone may look into it. */
export function ownWorkspace(context: Context, name: string): Workspace {
  const { email } = signedIn(context.caller)
  const workspace = existing(context, name)
  if (workspace.members[email] !== undefined) return workspace
  throw notFound(`No workspace with identifier '${name}'.`)
}
