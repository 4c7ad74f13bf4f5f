// Google Docs through one's own account: what is granted, what is not, documents on boards, and how it ends.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { completeConnect } from '#lib/attempts/complete.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { disconnect } from '#lib/connections/disconnect.ts'
import { findConnection, findProviderView } from '#lib/connections/queries.ts'
import { type ResourceView, SearchAnswer } from '#lib/resources/schema.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { DANA, EMAIL } from '#tests/support/sandbox-google.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const SAM = 'sam@acme.example'
const set = (options: object) => sandbox.control.set({ provider: 'google-docs', ...options })
const calls = async (path: string) =>
  (await sandbox.control.log()).filter((one) => one.path.startsWith(`/google-${path}`))

const connectGoogle = (org: TestOrganization, account = DANA) =>
  connect(org.owner, { provider: 'google-docs', slot: 'user', account })
async function connected(org: TestOrganization, account = DANA): Promise<string> {
  const { connection, attempt } = await connectGoogle(org, account)
  if (!connection) throw new Error(`not connected: ${attempt.problem?.detail}`)
  return connection.id
}

/** Goes to Google's page and back with the address on the way changed. */
async function connectWith(
  org: TestOrganization,
  change: { out?: (url: URL) => void; back?: (url: URL) => void },
  account = DANA,
) {
  const { person, actor } = org.owner
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const started = await startConnect(actor, { provider: 'google-docs', slot: 'user', attempt, via: 'form', browser })
  const out = new URL(started.authorizeUrl)
  change.out?.(out)
  const back = new URL(await sandbox.consent(out.href, { account }))
  change.back?.(back)
  await completeConnect({ url: back, callback: 'google-docs', person, browser })
  return findAttempt(actor, attempt)
}
const withoutAsking = { out: (url: URL) => url.searchParams.delete('prompt') }

const search = async (by: Viewer, query: Record<string, string>): Promise<ResourceView[]> =>
  (await by.get(by.at(`search?${new URLSearchParams(query)}`), SearchAnswer)).body.sources.find(
    ({ provider }) => provider === 'google-docs',
  )?.items ?? []

test('a consent asks for access that lasts, with PKCE, and is kept under the account’s address', async () => {
  const org = await newOrganization()
  const { connection } = await connectGoogle(org)
  expect(connection).toMatchObject({ status: 'connected', signal: 'green', account: { label: DANA } })
  expect(connection?.scopes.missing).toEqual([])
  const [page] = await calls('accounts/o/oauth2/v2/auth')
  expect(page?.query).toEqual(expect.arrayContaining(['access_type', 'prompt', 'code_challenge', 'scope']))
  const [trade] = await calls('oauth/token')
  expect(trade?.body).toEqual(expect.arrayContaining(['code_verifier', 'client_secret']))
})

test('T-PAL-6: a link to a document becomes its card, and so does a search; a member without an account sees neither', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  await connected(org)
  const priya = await joins(org, 'member', 'Priya Nair')
  const [found, other] = await search(dana, { q: 'a', provider: 'google-docs' })
  const file = other?.id.split('~')[0]
  const board = await newBoard(dana)
  const links = [
    found?.url ?? '',
    `https://docs.google.com/document/d/${file}/edit?usp=sharing`,
    'https://drive.google.com/drive/search?q=type:document%20the',
  ]
  for (const link of links) expect((await paste(dana, board, link)).status).toBe(201)
  const seen = await cardsOf(dana, board)
  expect(seen.map(({ state, resource }) => [state, resource?.kind, resource?.looks])).toEqual([
    ['live', 'document', 'page'],
    ['live', 'document', 'page'],
    ['live', 'document_search', 'found'],
  ])
  expect(seen[0]?.resource).toMatchObject({ title: found?.title, excerpt: expect.stringMatching(/\S/) })
  const foreign = await cardsOf(priya, board)
  expect(foreign.map(({ state, resource }) => [state, resource])).toEqual(
    Array(3).fill(['needs_connection', undefined]),
  )
  expect(JSON.stringify(foreign)).not.toContain(String(found?.title))
})

test('without the box for Drive it says what that means and offers to grant it; granted, it is the same connection', async () => {
  const org = await newOrganization()
  await set({ grantScopes: ['openid', EMAIL] })
  const { attempt, connection } = await connectGoogle(org)
  expect(attempt.status).toBe('succeeded')
  expect(connection).toMatchObject({
    status: 'needs_reauth',
    signal: 'amber',
    account: { label: DANA },
    reasonCode: 'scopes_required',
    reason: "Google Drive wasn't allowed, so no document can be opened",
    nextAction: { id: 'grant_missing', label: 'Grant missing permission', may: true },
    scopes: { missing: ['https://www.googleapis.com/auth/drive.readonly'] },
  })
  await set({ grantScopes: null })
  expect((await connectGoogle(org)).connection).toMatchObject({ id: connection?.id, status: 'connected', reason: null })
})

test('quality 5: access without a refresh token is not kept, and it is said what to do', async () => {
  await connected(await newOrganization('Elsewhere')) // the account has allowed it before
  const org = await newOrganization()
  const attempt = await connectWith(org, withoutAsking)
  expect(attempt).toMatchObject({ status: 'failed', problem: { kind: 'no_refresh_token' } })
  expect(attempt.problem?.detail).toContain('Remove Plugboard at myaccount.google.com/permissions, then connect again.')
  const { slots } = await findProviderView(org.owner.actor, 'google-docs')
  expect(slots[0]).toMatchObject({ status: 'not_configured', connection: null })
})

test('where a refresh token of the account is kept already, a grant without one goes on with it', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  expect(await connectWith(org, withoutAsking)).toMatchObject({ status: 'succeeded', connectionId: id })
  await sandbox.control.revoke({ provider: 'google-docs', account: DANA, only: 'access_tokens' })
  expect(await search(await ownerOf(org), { q: 'a', provider: 'google-docs' })).not.toEqual([])
  expect(await findConnection(org.owner.actor, id)).toMatchObject({ status: 'connected' })
})

test('an answer that another issuer gave is not taken; one without an issuer is', async () => {
  const org = await newOrganization()
  const back = (url: URL) => url.searchParams.set('iss', 'https://accounts.evil.example')
  expect(await connectWith(org, { back })).toMatchObject({ status: 'failed', problem: { code: 'issuer_mismatch' } })
  expect(await calls('oauth/token')).toEqual([])
  await set({ sendsIss: false })
  expect((await connectGoogle(org)).attempt.status).toBe('succeeded')
})

test('an API that is off at Google is told as what it is, with who can turn it on', async () => {
  await set({ disabledApis: ['drive'] })
  const { attempt } = await connectGoogle(await newOrganization())
  expect(attempt).toMatchObject({ status: 'failed', problem: { kind: 'probe_refused', code: 'api_off' } })
  expect(attempt.problem?.detail).toContain('Ask whoever runs the server to enable both.')
})

test('21: disconnecting ends the grant at Google, also when its access token has ended already', async () => {
  const org = await newOrganization()
  const id = await connected(org, SAM)
  await sandbox.control.revoke({ provider: 'google-docs', account: SAM, only: 'access_tokens' })
  expect(await disconnect(org.owner.actor, id)).toMatchObject({
    revocation: 'revoked',
    connection: { status: 'disconnected' },
  })
  expect(await calls('oauth/revoke')).toMatchObject([{ status: 200 }])
  // nothing is left there: without asking anew a consent is a first one, and gives a refresh token
  expect(await connectWith(org, withoutAsking, SAM)).toMatchObject({ status: 'succeeded', connectionId: id })
})

test('T-DIS-8: while another organization uses the account nothing is asked of Google, and that one works on', async () => {
  const [acme, globex] = [await newOrganization('Acme'), await newOrganization('Globex')]
  const [id, other] = [await connected(acme), await connected(globex)]
  expect(await disconnect(acme.owner.actor, id)).toMatchObject({
    revocation: 'kept_for_another_connection',
    detail: 'Token deleted here. Another connection still uses this account.',
  })
  expect(await calls('oauth/revoke')).toEqual([])
  expect(await search(await ownerOf(globex), { q: 'a', provider: 'google-docs' })).not.toEqual([])
  expect(await findConnection(globex.owner.actor, other)).toMatchObject({ status: 'connected' })
})

test('reconnecting ends nothing at Google: the new grant would end with the old', async () => {
  const org = await newOrganization()
  const id = await connected(org)
  expect(await connectGoogle(org)).toMatchObject({ connection: { id, status: 'connected' } })
  expect(await calls('oauth/revoke')).toEqual([])
  const asked = await calls('accounts/o/oauth2/v2/auth')
  expect(asked.filter(({ method, query }) => method === 'GET' && query.includes('login_hint'))).toHaveLength(1)
})
