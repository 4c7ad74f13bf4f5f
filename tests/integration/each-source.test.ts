// What holds for a connection whatever the provider, in one table over all sources: quality 20, 21, 23, 24, 30 and 34.
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { forgetMember } from '#lib/connections/forget-member.ts'
import { findConnection, listProviders } from '#lib/connections/queries.ts'
import { ProviderView } from '#lib/connections/schema.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { unseal } from '#lib/platform/seal.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { SearchAnswer, type SourceAnswer } from '#lib/resources/schema.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { sealedGrants } from '#lib/vault/grant.ts'
import { rotateKeys } from '#lib/vault/rotate-keys.ts'
import { newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { connectSource, type SourceId } from '#tests/support/sources.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'
import { sealedColumns } from '#worker/sealed.ts'

const sandbox = withSandbox()

/** How each ends: what is told, and what was asked of it for that. */
const endings: Record<SourceId, { revocation: string; asked: string[] }> = {
  github: { revocation: 'revoked', asked: ['DELETE /github-api/applications/sandbox-github/grant'] },
  jira: { revocation: 'not_offered', asked: [] },
  confluence: { revocation: 'not_offered', asked: [] },
  'google-docs': { revocation: 'revoked', asked: ['POST /google-oauth/revoke'] },
  // its token may have ended unsaid
  notion: { revocation: 'revoked', asked: ['POST /notion-api/v1/oauth/token', 'POST /notion-api/v1/oauth/revoke'] },
  slack: { revocation: 'revoked', asked: ['POST /slack-web/api/apps.uninstall'] },
  intercom: { revocation: 'revoked', asked: ['POST /intercom-api/auth/uninstall'] },
  sentry: { revocation: 'not_offered', asked: [] },
  logrocket: { revocation: 'not_offered', asked: [] },
  terraform: { revocation: 'not_offered', asked: [] },
  openrouter: { revocation: 'not_offered', asked: [] },
  bitbucket: { revocation: 'not_offered', asked: [] },
  zoom: { revocation: 'revoked', asked: ['POST /zoom-web/oauth/revoke'] },
}
const sources = Object.keys(endings) as SourceId[] // its own keys
const own = sources.filter((id) => findProvider(id)?.slots.includes('user'))

const credentialsOf = (org: TestOrganization) => withOrg(org.owner.actor, (db) => db.credential.findMany())
const sealedOf = async (org: TestOrganization) => (await credentialsOf(org)).map(({ sealed }) => sealed)
const callsTo = async () => (await sandbox.control.log()).map(({ method, path }) => `${method} ${path}`)
const search = async (by: Viewer, provider: string): Promise<SourceAnswer | undefined> =>
  (await by.get(by.at(`search?q=a&provider=${provider}`), SearchAnswer)).body.sources[0]

test.each(sources)(
  '21: disconnecting %s ends what its provider lets one end, wipes the token at once, keeps the history and asks no more',
  async (id) => {
    const org = await newOrganization()
    const dana = await ownerOf(org)
    const { id: connection } = await connectSource(dana, id)
    await sandbox.control.clearLog()
    const { revocation } = await disconnect(dana.actor, connection)
    expect({ revocation, asked: await callsTo() }).toEqual(endings[id])
    expect(await sealedOf(org)).toEqual([null])
    expect(await findConnection(dana.actor, connection)).toMatchObject({ id: connection, status: 'disconnected' })
    const audit = await withOrg(dana.actor, (db) => db.auditEvent.findMany({ where: { provider: id } }))
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.created', 'connection.disconnected']),
    )
    await sandbox.control.clearLog()
    const state = own.includes(id) ? 'needs_connection' : 'off'
    expect(await search(dana, id)).toMatchObject({ state, items: [] })
    expect(await callsTo()).toEqual([])
  },
)

test.each(own)(
  '20: with a member who is removed goes their %s, revoked and wiped; what they connected for everyone stays and is handed over',
  async (id) => {
    const org = await newOrganization()
    const dana = await ownerOf(org)
    const sam = await joins(org, 'admin', 'Sam Ortiz')
    const [mine, shared] = [await connectSource(sam, id), await connectSource(sam, 'notion')]
    await sandbox.control.clearLog()
    expect((await dana.delete(dana.at(`members/${sam.person.id}`))).status).toBe(204)
    await forgetMember(await jobActor(org.id, 'connections.forget-member'), sam.person.id)
    expect(await callsTo()).toEqual(endings[id].asked)
    const rows = await withOrg(dana.actor, (db) => db.connection.findMany({ include: { credential: true } }))
    const standing = new Map(rows.map(({ id: row, status, credential }) => [row, [status, credential?.sealed != null]]))
    expect(standing.get(mine.id)).toEqual(['disconnected', false])
    expect(standing.get(shared.id)).toEqual(['connected', true])
    expect(await findConnection(dana.actor, shared.id)).toMatchObject({
      reasonCode: 'installer_left',
      nextAction: { id: 'take_over', may: true },
    })
  },
)

test('23, 24: a change of the key reseals every source’s token; without its key each says so, the page stays whole and nothing is overwritten', async () => {
  const org = await newOrganization()
  const connected = new Map<string, string>()
  for (const id of sources) connected.set(id, (await connectSource(org.owner, id)).id)
  const fresh = { kid: 'k2', key: new Uint8Array(randomBytes(32)) }
  await rotateKeys(sealedColumns, { keyring: [fresh, ...env().KEYRING] })
  const resealed = await credentialsOf(org)
  expect(resealed.length).toBe(sources.length - 1) // Jira and Confluence are one grant
  for (const row of resealed)
    expect(await unseal(row.sealed ?? '', sealedGrants.binding(row), [fresh]), row.client).not.toBeNull()
  // this process has the old key alone
  for (const [id, connection] of connected) {
    await expect(
      withConnection(org.owner.actor, connection, async () => 'read'),
      id,
    ).rejects.toThrow(/revoked|connected again/) // again: where the grant’s other product met it first
    expect(await findConnection(org.owner.actor, connection), id).toMatchObject({
      reason: 'Connection invalid: the stored token cannot be read',
      nextAction: { may: true },
    })
  }
  expect((await listProviders(org.owner.actor)).items).toHaveLength(13)
  expect((await sealedOf(org)).sort()).toEqual(resealed.map(({ sealed }) => sealed).sort())
})

test.each(sources)('30: a wait that %s asks for is told, and kept to by whatever is asked next', async (id) => {
  const dana = await ownerOf(await newOrganization())
  await connectSource(dana, id)
  await sandbox.control.faults([{ provider: id, path: '/**', status: 429, headers: { 'retry-after': '90' }, body: {} }])
  const name = findProvider(id)?.name
  expect(await search(dana, id)).toMatchObject({
    state: 'limited',
    message: expect.stringMatching(new RegExp(`^${name} asked us to wait until \\d\\d:\\d\\d UTC$`)),
  })
  await sandbox.control.clearLog()
  expect(await search(dana, id)).toMatchObject({ state: 'limited', items: [] })
  expect(await callsTo()).toEqual([])
  await sandbox.control.clearFaults()
  onTestFinished(shiftClock(91_000))
  expect(await search(dana, id)).toMatchObject({ state: 'ok', message: null })
})

const required: [SourceId, string][] = [
  ['github', 'repo'],
  ['jira', 'read:jira-work'],
  ['confluence', 'search:confluence'],
  ['google-docs', 'https://www.googleapis.com/auth/drive.readonly'],
  ['slack', 'channels:read'],
  ['sentry', 'event:read'],
  ['terraform', 'Runs: Read'],
  ['bitbucket', 'read:pullrequest:bitbucket'],
  ['zoom', 'meeting:read:list_meetings'],
]
test.each(required)(
  '34: once %s is asked for more than was given (%s), the next look is no longer green and lists it',
  async (id, scope) => {
    const dana = await ownerOf(await newOrganization())
    const { id: connection } = await connectSource(dana, id)
    const look = async () => {
      const { slots } = (await dana.get(dana.at(`integrations/${id}`), ProviderView)).body
      return slots.find((slot) => slot.connection?.id === connection)
    }
    expect(await look()).toMatchObject({ signal: 'green', connection: { scopes: { missing: [] } } })
    await withOrg(dana.actor, async (db) => {
      const { scopesGranted } = await db.connection.findFirstOrThrow({ where: { id: connection } })
      const before = scopesGranted.filter((one) => one !== scope)
      await db.connection.updateMany({ where: { id: connection }, data: { scopesGranted: before } })
    })
    const seen = await look()
    expect(seen?.signal).toBe('amber')
    expect(seen?.connection?.scopes.missing).toEqual([scope])
  },
)
