// What two people did with connections, as the log, its sentences and its CSV tell it.
import { expect, test } from 'vitest'
import { differences, whatHappened } from '#components/audit/audit-words.ts'
import { type AuditEventView, AuditPage } from '#lib/audit/schema.ts'
import { withSystem } from '#lib/platform/db.ts'
import { openGrant } from '#lib/vault/grant.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const MINUTE_MS = 60_000

const eventsOf = async (by: Viewer, query = ''): Promise<AuditEventView[]> =>
  (await by.get(by.at(`audit-events?limit=200${query}`), AuditPage)).body.items

type Consent = { provider: string; slot: 'user' | 'organization'; account: string }
async function connected(by: Viewer, consent: Consent): Promise<string> {
  const { connection } = await connect(by, consent)
  if (!connection) throw new Error('not connected')
  return connection.id
}
const sentence = (event: AuditEventView): string => `${event.actor.name} ${whatHappened(event, (id) => id)}`

test('T-AUD-1: connecting, disabling, reconfiguring and disconnecting by two people is one event each: who, what, when, before and after', async () => {
  const org = await newOrganization()
  const [dana, sam] = [await ownerOf(org), await joins(org, 'admin', 'Sam Ortiz')]
  const began = Date.now()
  const told = [
    { by: dana, consent: { provider: 'github', slot: 'organization', account: 'dana-k' }, label: '@dana-k' },
    { by: sam, consent: { provider: 'slack', slot: 'organization', account: 'sam@globex-labs' }, label: 'Globex Labs' },
  ] as const // as const: names of slots
  for (const { by, consent } of told) {
    const { provider } = consent
    const id = await connected(by, consent)
    await by.patch(by.at(`integrations/${provider}`), { enabled: false })
    await by.patch(by.at(`integrations/${provider}`), { enabled: false }) // as it was: nothing to tell
    await by.patch(by.at(`integrations/${provider}`), { enabled: true, whoMayConnect: 'members' })
    await by.patch(by.at(`integrations/${provider}`), { whoMayConnect: 'admins' })
    await by.delete(by.at(`connections/${id}`))
  }
  for (const { by, consent, label } of told) {
    const { provider } = consent
    const name = by.person.name
    const events = (await eventsOf(dana, `&provider=${provider}`)).reverse()
    expect(events.map(sentence)).toEqual([
      `${name} connected ${provider} for the organization ${label}`,
      `${name} disabled ${provider}`,
      `${name} enabled ${provider}`,
      `${name} reconfigured ${provider}`,
      `${name} disconnected ${provider} for the organization ${label}`,
    ])
    const account = { account: label }
    expect(events.map(({ before, after }) => ({ before, after }))).toMatchObject([
      { before: null, after: { ...account, status: 'connected' } },
      { before: { enabled: true }, after: { enabled: false } },
      { before: { enabled: false, whoMayConnect: null }, after: { enabled: true, whoMayConnect: 'members' } },
      { before: { whoMayConnect: 'members' }, after: { whoMayConnect: 'admins' } },
      { before: { ...account, status: 'connected' }, after: { status: 'disconnected', revocation: 'revoked' } },
    ])
    for (const { actor, at, result, provider: of } of events) {
      expect({ actor, of, result }).toEqual({
        actor: { kind: 'user', id: by.person.id, name },
        of: provider,
        result: 'ok',
      })
      expect(Math.abs(Date.parse(at) - began)).toBeLessThan(5 * MINUTE_MS)
    }
  }
})

/** Every token that is kept for an organization now. */
async function tokensOf({ id }: TestOrganization): Promise<string[]> {
  const rows = await withSystem('shared grant', (db) => db.credential.findMany({ where: { organizationId: id } }))
  const grants = await Promise.all(rows.map(async (row) => (row.sealed ? openGrant(row.sealed, row) : null)))
  return grants.flatMap((grant) => [grant?.token ?? '', grant?.refreshToken ?? '']).filter(Boolean)
}

test('T-AUD-4: no event, no difference and no line of the CSV contains a secret', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sentry = sentryClient(sandbox.url)
  const [first, next] = [await sentry.tokenFor(), await sentry.tokenFor()]
  const webhookSecret = 'client-secret-of-the-webhooks'
  const key = { provider: 'sentry', slot: 'organization', method: 'api_key' }
  const fields = { organization: 'acme', token: first, webhookSecret }
  expect((await dana.post(dana.at('connections'), { ...key, fields })).status).toBe(201)
  const pasted = (await eventsOf(dana))[0]?.subject.id ?? ''
  expect((await dana.put(dana.at(`connections/${pasted}/credential`), { fields: { token: next } })).status).toBe(200)
  const secrets = [first, next, webhookSecret]

  const consents: Consent[] = [
    { provider: 'github', slot: 'user', account: 'dana-k' },
    { provider: 'slack', slot: 'organization', account: 'dana@acme-corp' },
    { provider: 'notion', slot: 'organization', account: 'dana@acme' },
    { provider: 'google-docs', slot: 'user', account: 'dana@acme.example' },
  ]
  for (const consent of consents) {
    const { callback, connection } = await connect(dana, consent)
    const { searchParams } = callback
    secrets.push(searchParams.get('code') ?? '', searchParams.get('state') ?? '', ...(await tokensOf(org)))
    await connect(dana, consent) // once more: what it replaces is told too
    secrets.push(...(await tokensOf(org)))
    await dana.delete(dana.at(`connections/${connection?.id}`))
  }
  await dana.delete(dana.at(`connections/${pasted}`))

  const events = await eventsOf(dana)
  expect(new Set(events.map(({ action }) => action))).toEqual(
    new Set(['connection.created', 'key.replaced', 'connection.reconnected', 'connection.disconnected']),
  )
  const shown = {
    events: JSON.stringify(events),
    sentences: events.map(sentence).join('\n'),
    differences: events.flatMap(differences).join('\n'),
    csv: String((await dana.get(dana.at('audit-events.csv'))).body),
  }
  expect(shown.csv.trimEnd().split('\r\n')).toHaveLength(events.length + 1)
  expect(shown.differences).toContain('status: connected → disconnected')
  expect(new Set(secrets).size).toBeGreaterThan(14)
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15)
    for (const [where, text] of Object.entries(shown))
      expect(text.includes(secret), `${secret.slice(0, 6)}… in the ${where}`).toBe(false)
  }
})
