// People of a test: they sign up, sign in and call the API through the exported route handlers.
import { randomUUID } from 'node:crypto'
import type { ZodType } from 'zod'
import { withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sessionCookieName } from '#lib/tenancy/read-session.ts'
import { type RoleName, SignUpAnswer } from '#lib/tenancy/schema.ts'
import { sealSession } from '#lib/tenancy/seal-session.ts'
import { startSession } from '#lib/tenancy/start-session.ts'
import { dispatch, ownRequest } from './dispatch.ts'
import { linkTo } from './mailbox.ts'

export type Answer<T = unknown> = { status: number; headers: Headers; body: T }
type Read = <T = unknown>(path: string, schema?: ZodType<T>) => Promise<Answer<T>>
type Send = (method: string, path: string, body?: unknown) => Promise<Answer>
type Write = <T = unknown>(path: string, body?: unknown, schema?: ZodType<T>) => Promise<Answer<T>>
export type Api = {
  cookie: string
  ip: string
  send: Send
  get: Read
  post: Write
  patch: Write
  put: Write
  delete: Write
}

export type TestPerson = Api & {
  id: string
  name: string
  email: string
  password: string
  org: { id: string; slug: string }
  /** The API path of their organization, or of what is below it: at('members') is /api/v1/orgs/acme/members. */
  at: (below?: string) => string
}

export const PASSWORD = 'correct horse battery'

const newAddress = () => Array.from({ length: 4 }, () => Math.floor(Math.random() * 250) + 1).join('.')

async function readAnswer<T>(response: Response, schema?: ZodType<T>): Promise<Answer<T>> {
  const text = await response.text()
  const body: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
  if (schema && response.status >= 300) throw new Error(`${response.status}: ${text}`)
  return { status: response.status, headers: response.headers, body: schema ? schema.parse(body) : (body as T) } // T is unknown then
}

/** The API as a browser with this cookie uses it; '' is signed out. With a schema the answer has to be a success of that shape. */
export function api(cookie = '', ip = newAddress()): Api {
  const call = async <T>(method: string, path: string, body?: unknown, schema?: ZodType<T>) =>
    readAnswer(await dispatch(ownRequest(method, path, { headers: { cookie, 'x-forwarded-for': ip }, body })), schema)
  return apiBy(call, cookie, ip)
}

type Call = <T>(method: string, path: string, body?: unknown, schema?: ZodType<T>) => Promise<Answer<T>>

const apiBy = (call: Call, cookie: string, ip: string): Api => ({
  cookie,
  ip,
  send: (method, path, body) => call(method, path, body),
  get: (path, schema) => call('GET', path, undefined, schema),
  post: (path, body, schema) => call('POST', path, body ?? {}, schema),
  patch: (path, body, schema) => call('PATCH', path, body ?? {}, schema),
  put: (path, body, schema) => call('PUT', path, body ?? {}, schema),
  delete: (path, body, schema) => call('DELETE', path, body, schema),
})

/** The API as a script with this token uses it: no cookie, no origin. */
export function bearer(value: string, ip = newAddress()): Api {
  const call = async <T>(method: string, path: string, body?: unknown, schema?: ZodType<T>) => {
    const request = new Request(new URL(path, env().APP_URL), {
      method,
      headers: { authorization: `Bearer ${value}`, 'x-forwarded-for': ip },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return readAnswer(await dispatch(request), schema)
  }
  return apiBy(call, '', ip)
}

/** The cookies that an answer sets, as a Cookie header. */
export const cookiesOf = (response: { headers: Headers }): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

/** Signs in at next-auth's own addresses as a browser does. The session's cookie is in `cookie` when status is 200. */
export async function signIn(
  email: string,
  password = PASSWORD,
  ip = newAddress(),
  before = '',
): Promise<Answer & { cookie: string }> {
  const csrf = await dispatch(ownRequest('GET', '/api/auth/csrf'))
  const { csrfToken }: { csrfToken: string } = await csrf.json()
  const form = new URLSearchParams({ csrfToken, email, password, json: 'true' })
  const headers = {
    cookie: [cookiesOf(csrf), before].filter(Boolean).join('; '),
    'x-forwarded-for': ip,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const response = await dispatch(
    ownRequest('POST', '/api/auth/callback/credentials', { headers, body: form.toString() }),
  )
  return { ...(await readAnswer(response)), cookie: cookiesOf(response) }
}

/** A session without the sign-in form, whose password hash costs a sixth of a second. */
export async function sessionOf(userId: string): Promise<string> {
  const token = await withSystem('sign-in', (db) => startSession(db, userId))
  return `${sessionCookieName()}=${await sealSession(token)}`
}

const newEmail = (name: string) => `${name.toLowerCase().replace(/\W+/g, '.')}.${randomUUID().slice(0, 8)}@example.test`

type SignUp = { email?: string; organization?: string; invitation?: string; confirmed?: boolean }

/** Signs somebody up, with an organization of their own, and opens a session. The address is confirmed unless told. */
export async function person(
  name = 'Dana',
  { confirmed = true, invitation, ...given }: SignUp = {},
): Promise<TestPerson> {
  const tag = randomUUID().slice(0, 8)
  const email = given.email ?? newEmail(name)
  const organization = invitation ? undefined : (given.organization ?? `Org of ${name} ${tag}`)
  const signedUp = await api().post(
    '/api/v1/sign-up',
    { name, email, password: PASSWORD, organization, invitation },
    SignUpAnswer,
  )
  if (confirmed && !invitation) await api().post(`/api/v1/email-confirmations/${await linkTo(email, 'confirm')}`)
  const { user, organization: org } = signedUp.body
  const at = (below = '') => `/api/v1/orgs/${org.slug}${below ? `/${below}` : ''}`
  return { ...api(await sessionOf(user.id)), id: user.id, name, email, password: PASSWORD, org, at }
}

/** Invites somebody into the organization of `owner`, who signs up through the mailed link. */
export async function member(owner: TestPerson, role: RoleName = 'member', name = 'Priya'): Promise<TestPerson> {
  const email = newEmail(name)
  const invited = await owner.post(owner.at('invitations'), { email, role })
  if (invited.status !== 201) throw new Error(`inviting answered ${invited.status}: ${JSON.stringify(invited.body)}`)
  return person(name, { email, invitation: await linkTo(email, 'invite') })
}
