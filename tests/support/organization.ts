import { randomUUID } from 'node:crypto'
import { completeConnect } from '#lib/attempts/complete.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import type { AttemptView } from '#lib/attempts/schema.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { findConnection } from '#lib/connections/queries.ts'
import type { ConnectionView, SlotName } from '#lib/connections/schema.ts'
import { withSystem } from '#lib/platform/db.ts'
import { randomToken, sha256 } from '#lib/platform/hmac.ts'
import { type Actor, enter, findPerson, type Person } from '#lib/tenancy/actor.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { sandboxClient } from './sandbox.ts'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

/** A person with a session, made without a password: what a test needs to act. */
export async function newPerson(name: string): Promise<Person & { sessionToken: string }> {
  const sessionToken = randomToken()
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${randomUUID().slice(0, 8)}@acme.test`
  await withSystem('sign-up', async (db) => {
    const user = await db.user.create({ data: { email, name, passwordHash: 'none', emailConfirmedAt: new Date() } })
    await db.session.create({ data: { userId: user.id, idHash: sha256(sessionToken), expiresAt: inDays(30) } })
  })
  const person = await findPerson(sessionToken, { ip: '203.0.113.7', requestId: randomUUID() })
  if (!person) throw new Error('the new person cannot sign in')
  return { ...person, sessionToken }
}

export type TestOrganization = Awaited<ReturnType<typeof newOrganization>>

/** An organization of its own for one test, with an owner; `join` adds people. */
export async function newOrganization(name = 'Acme') {
  const slug = `org-${randomUUID().slice(0, 8)}`
  const { id } = await withSystem('sign-up', (db) => db.organization.create({ data: { slug, name } }))
  const join = async (
    role: RoleName,
    who: string,
  ): Promise<{ person: Person & { sessionToken: string }; actor: Actor }> => {
    const person = await newPerson(who)
    await withSystem('sign-up', (db) => db.membership.create({ data: { organizationId: id, userId: person.id, role } }))
    return { person, actor: await enter(person, slug) }
  }
  const owner = await join('owner', 'Dana Kim')
  return { id, slug, owner, join }
}

/** What a test's browser holds: its own secret, as the cookie would. */
export const newBrowser = () => randomToken()

type Ask = {
  provider?: string
  slot?: SlotName
  account?: string
  decision?: 'allow' | 'deny'
  browser?: string
  attempt?: string
  also?: string[]
}

/** Goes through a whole connect as a person would, up to the callback: start, consent at the sandbox, come back. */
export async function connect(
  { person, actor }: { person: Person; actor: Actor },
  { provider = 'github', slot = 'user', account = 'dana-k', ...more }: Ask = {},
): Promise<{ attempt: AttemptView; connection: ConnectionView | null; callback: URL }> {
  const { decision = 'allow', browser = newBrowser(), attempt = randomUUID(), also } = more
  const started = await startConnect(actor, { provider, slot, attempt, via: 'form', browser, also })
  const sandbox = sandboxClient(`http://127.0.0.1:${process.env.SANDBOX_PORT}`)
  const callback = new URL(await sandbox.consent(started.authorizeUrl, { account, decision }))
  await completeConnect({ url: callback, callback: callback.pathname.split('/').at(-1) ?? '', person, browser })
  const view = await findAttempt(actor, attempt)
  return {
    attempt: view,
    connection: view.connectionId ? await findConnection(actor, view.connectionId) : null,
    callback,
  }
}
