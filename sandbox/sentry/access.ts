import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import {
  type Issue,
  issueOf,
  named,
  type Organization,
  type Project,
  projectsOf,
  type State,
  type Token,
  type User,
} from './state.ts'

/** Who asks: nobody, an integration, an organization's token, or a person. */
export type Caller = { token: Token | null; user: User | null; key: string }
export type Context = { state: State; caller: Caller }
type Resource = 'org' | 'project' | 'event'

/** An answer that ends the request early. */
export class Refusal extends Error {
  readonly answer: Answer
  constructor(status: number, detail: string) {
    super(detail)
    this.answer = json(status, { detail })
  }
}

export const notFound = (): Refusal => new Refusal(404, 'The requested resource does not exist')
export const forbidden = (): Refusal => new Refusal(403, 'You do not have permission to perform this action.')
export const invalid = (detail: string): Refusal => new Refusal(400, detail)

/** Who sent this call; the answer to a token that does not work is thrown by `signedIn`. */
export function callerOf(call: Call, state: State): Caller {
  const [, value = ''] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const token = state.tokens.get(value) ?? null
  const user = state.users.find(({ email }) => email === token?.account) ?? null
  if (!token) return { token, user, key: `ip:${call.address}` }
  call.note.token = token.value
  call.note.account = token.account ?? token.organization ?? ''
  return { token, user, key: user ? `user:${user.id}` : `org:${token.organization}` }
}

/** The token of a call, or the 401 that its header deserves. */
export function signedIn(call: Call, { token }: Caller): Token {
  if (token) return token
  const isBearer = /^bearer \S+$/i.test(header(call, 'authorization') ?? '')
  throw new Refusal(401, isBearer ? 'Invalid token' : 'Authentication credentials were not provided.')
}

/** Refuses a token without this right; any level of the same resource will do to read. */
export function requireRead(token: Token, resource: Resource): void {
  const levels = ['read', 'write', 'admin'].map((level) => `${resource}:${level}`)
  if (!token.scopes.some((scope) => levels.includes(scope))) throw forbidden()
}

/** Whether a token belongs to an organization at all. */
export const reaches = (state: State, token: Token, organization: Organization): boolean =>
  token.account === null
    ? token.organization === organization.slug
    : (state.users.find(({ email }) => email === token.account)?.organizations.includes(organization.slug) ?? false)

/** The organization an address names, if this token may read this kind of thing there. */
export function readable(call: Call, context: Context, name: string, resource: Resource): Organization {
  const token = signedIn(call, context.caller)
  const organization = named(context.state.organizations, name)
  if (!organization || organization.isElsewhere) throw notFound()
  if (!reaches(context.state, token, organization)) throw forbidden()
  if (organization.requiresSso && token.account !== null) throw forbidden()
  requireRead(token, resource)
  return organization
}

/** A project of an organization by slug or number. */
export function readableProject(state: State, { slug }: Organization, name: string): Project {
  const project = named(projectsOf(state, slug), name)
  if (project) return project
  throw notFound()
}

/** An issue of an organization by number or short id. */
export function readableIssue(state: State, { slug }: Organization, name: string): Issue {
  const issue = issueOf(state, slug, name)
  if (issue) return issue
  throw notFound()
}
