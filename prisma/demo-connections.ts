// What the demo is connected to: accounts of the simulated providers, by the same steps as anybody's. Nothing of it is planted
// where a provider is the real one.
import { randomUUID } from 'node:crypto'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { completeConnect } from '#lib/attempts/complete.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { connectWithSecret } from '#lib/connections/connect-with-secret.ts'
import { prepareNew } from '#lib/connections/prepare-secret.ts'
import { requestConnection } from '#lib/connections/request-connection.ts'
import type { SlotName } from '#lib/connections/schema.ts'
import { verify } from '#lib/connections/verify.ts'
import { inFuture } from '#lib/platform/clock.ts'
import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { randomToken } from '#lib/platform/hmac.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { type Actor, enter, findPerson, type Person } from '#lib/tenancy/actor.ts'
import { signOut } from '#lib/tenancy/sign-out.ts'
import { startSession } from '#lib/tenancy/start-session.ts'
import { reach } from '#lib/vault/reach.ts'
import { answerConsent } from '#sandbox/answer-consent.ts'
import { messageOf } from '#scripts/lib/message-of.ts'
import { demoConnections, type Planned, type PlannedConnection } from './demo-plan.ts'

type Somebody = { person: Person; actor: Actor }

const DAY_MS = 86_400_000

/** Signs somebody of the demo in for as long as the work takes. Null where they, or the organization, are no longer there. */
async function asPerson<T>(slug: string, email: string, work: (by: Somebody) => Promise<T>): Promise<T | null> {
  const token = await withSystem('demo seed', async (db) => {
    const user = await db.user.findUnique({ where: { email } })
    return user && startSession(db, user.id)
  })
  if (!token) return null
  try {
    const person = await findPerson(token, { ip: null, requestId: 'demo-seed' })
    return person && (await work({ person, actor: await enter(person, slug) }))
  } finally {
    await signOut(token)
  }
}

/** Through the provider's own page. Returns the connection; null where another account stands there by now, which then stays. */
async function consent({ person, actor }: Somebody, provider: string, slot: SlotName, account: string) {
  const [attempt, browser] = [randomUUID(), randomToken()]
  const { authorizeUrl } = await startConnect(actor, { provider, slot, attempt, via: 'form', browser })
  const url = new URL(await answerConsent(authorizeUrl, { account }))
  await completeConnect({ url, callback: url.pathname.split('/').at(-1) ?? '', person, browser })
  const { status, connectionId } = await cancelAttempt(actor, attempt) // what has ended stays as it ended
  return status === 'succeeded' ? connectionId : null
}

/** The last day of a time in days, today among them. */
const endsOn = (days: number | undefined) =>
  days === undefined
    ? {}
    : {
        expiresOn: inFuture((days - 1) * DAY_MS)
          .toISOString()
          .slice(0, 10),
      }

async function paste({ actor }: Somebody, planned: PlannedConnection & { fields: Record<string, string> }) {
  const { provider, slot, fields, endsInDays } = planned
  const prepared = await prepareNew(actor, { provider, slot, method: 'api_key', fields, ...endsOn(endsInDays) })
  return (await connectWithSecret(actor, prepared)).connection.id
}

/** Takes the access away at the provider, where nobody here hears of it until it is asked. */
async function revokeThere({ actor }: Somebody, id: string, what: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${env().SANDBOX_PORT}/__sandbox/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  })
  if (!answer.ok) throw new Error(`the sandbox did not revoke it: ${answer.status} ${await answer.text()}`)
  await verify(actor, id)
}

/**
 * The simulated providers forget who signed in when they end: what was connected is connected again, unless somebody ended it.
 * A pasted key they know for ever, so one that stands is left as it is.
 */
async function plantConnection(by: Somebody, planned: PlannedConnection): Promise<void> {
  const { provider, slot, account, fields, revoke } = planned
  const slotKey = slot === 'user' ? by.person.id : 'organization'
  const standing = await withOrg(by.actor, (db) => db.connection.findFirst({ where: { provider, slotKey } }))
  if (standing && (fields || revoke || standing.status === 'disconnected')) return
  const id = fields ? await paste(by, { ...planned, fields }) : await consent(by, provider, slot, account ?? '')
  if (id && revoke) await revokeThere(by, id, { provider, ...revoke })
}

async function plantRequest({ person, actor }: Somebody, provider: string, reason: string): Promise<void> {
  const asked = await withOrg(actor, (db) => db.connectionRequest.findFirst({ where: { provider, userId: person.id } }))
  if (!asked) await requestConnection(actor, { provider, reason })
}

const isSimulated = ({ provider }: Planned): boolean => {
  const declared = findProvider(provider)
  return declared !== null && reach(declared).isSandbox
}

/** Connects what the plan says, as far as the providers are there and simulated. What somebody changed since stays. */
export async function plantConnections(slug: string): Promise<void> {
  for (const planned of demoConnections.filter(isSimulated))
    try {
      await asPerson(slug, planned.by, (by) =>
        'reason' in planned ? plantRequest(by, planned.provider, planned.reason) : plantConnection(by, planned),
      )
    } catch (error) {
      console.log(`[seed] ${planned.provider} stays as it is: ${messageOf(error)}`)
    }
}
