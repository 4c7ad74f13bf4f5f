import { expect, test } from 'vitest'
import { AttemptView } from '#lib/attempts/schema.ts'
import { configure } from '#lib/connections/configure.ts'
import { findConnection, listActivity } from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { withOrg } from '#lib/platform/db.ts'
import { isQueued } from '#lib/platform/jobs.ts'
import { intercom } from '#lib/providers/intercom/provider.ts'
import { SearchAnswer } from '#lib/resources/schema.ts'
import { shareResource } from '#lib/resources/share-resource.ts'
import { boardWith, cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { connectedBy, listOf, named } from '#tests/support/connected.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const consent = { provider: 'intercom', slot: 'organization', account: 'dana@acme' } as const // as const: a slot's name
const set = (what: object) => sandbox.control.set({ provider: 'intercom', ...what })
const connected = () => connectedBy(consent)
const turn = (by: Viewer, id: string, section: string, onBoards: boolean) =>
  shareResource(by.actor, id, { kind: 'section', resource: `ac3kqx7w.${section}` }, onBoards)

test('one person connects it for everyone: Connected, under the workspace’s name, with nothing that ends', async () => {
  const { org, id } = await connected()
  expect(await findConnection(org.owner.actor, id)).toMatchObject({
    status: 'connected',
    signal: 'green',
    reason: null,
    slot: 'organization',
    account: { label: 'Acme' },
    scopes: { requested: [], granted: [], missing: [], extra: [] },
  })
  const { config, credential } = await withOrg(org.owner.actor, (db) =>
    db.connection.findFirstOrThrow({ where: { id }, include: { credential: true } }),
  )
  expect(config).toEqual({ workspace: 'ac3kqx7w', region: 'US' })
  expect(credential?.refreshable).toBe(false)
})

test('what is customers’ is off until an admin turns it on; published articles are there at once', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  expect((await listOf(priya, id, { kind: 'article' })).map(({ title }) => title)).not.toContain(
    'Dark mode of the web client',
  )
  for (const kind of ['conversation', 'contact', 'section']) expect(await listOf(priya, id, { kind }), kind).toEqual([])
  const refused = await paste(
    dana,
    await newBoard(dana),
    'https://app.intercom.com/a/inbox/ac3kqx7w/inbox/conversation/48201',
  )
  expect(refused.status).toBe(403)
  const drafts = await listOf(dana, id, { kind: 'article', q: 'dark mode' })
  expect(drafts).toEqual([])
  await turn(dana, id, 'drafts', true)
  expect((await listOf(priya, id, { kind: 'article', q: 'dark mode' })).map(({ title }) => title)).toEqual([
    'Dark mode of the web client',
  ])
  expect(await listOf(priya, id, { kind: 'conversation' })).toEqual([])
})

test('T-PAL-6: addresses of conversations, contacts and articles become their cards, which another member sees as well', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  for (const section of ['conversations', 'contacts']) await turn(dana, id, section, true)
  const contact = await named(dana, id, 'contact', 'Grace Mbeki')
  const hex = contact.id.split('.')[1]
  const home = (name: string) => `${sandbox.url}/intercom-${name}`
  const pasted: [string, string, string][] = [
    ...['https://app.intercom.com', 'https://app.eu.intercom.com', home('web')].flatMap(
      (web): [string, string, string][] => [
        [`${web}/a/inbox/ac3kqx7w/inbox/conversation/48201`, 'conversation', '400 on every new order'],
        [`${web}/a/apps/ac3kqx7w/users/${hex}`, 'contact', 'Grace Mbeki'],
      ],
    ),
    ...['https://intercom.help', home('help')].map((help): [string, string, string] => [
      `${help}/acme/en/articles/9005-idempotency-keys`,
      'article',
      'Idempotency keys',
    ]),
  ]
  for (const [url, kind, title] of pasted) {
    const { board } = await boardWith(dana, url)
    for (const viewer of [dana, priya]) {
      const [card] = await cardsOf(viewer, board)
      expect(card, url).toMatchObject({ state: 'live', kind, resource: { kind, title } })
    }
  }
})

test('everybody sees names; addresses of customers are for owners and admins, and no longer for who was one', async () => {
  const { org, dana, id } = await connected()
  const [sam, priya] = [await joins(org, 'admin', 'Sam Ortiz'), await joins(org, 'member', 'Priya Nair')]
  for (const section of ['conversations', 'contacts']) await turn(dana, id, section, true)
  const contact = await named(dana, id, 'contact', 'Grace Mbeki')
  const board = await newBoard(dana)
  for (const url of [contact.url, 'https://app.intercom.com/a/inbox/ac3kqx7w/inbox/conversation/48209'])
    expect((await paste(dana, board, url)).status).toBe(201)
  const addresses = async (by: Viewer) => (await cardsOf(by, board)).map(({ resource }) => resource?.forAdmins?.email)
  for (const viewer of [dana, sam])
    expect(await addresses(viewer)).toEqual(['grace@capetea.example', 'grace@capetea.example'])
  const ways = async (by: Viewer) => [
    await cardsOf(by, board),
    await listOf(by, id, { kind: 'contact' }),
    await listOf(by, id, { kind: 'contact', q: 'grace' }),
    (await by.get(by.at(`connections/${id}/resources/contact/${contact.id}`))).body,
    (await by.get(by.at('search?q=grace&provider=intercom'), SearchAnswer)).body,
  ]
  for (const seen of await ways(dana)) expect(JSON.stringify(seen)).toContain('grace@capetea.example')
  for (const seen of await ways(priya)) {
    expect(JSON.stringify(seen)).toContain('Grace Mbeki')
    expect(JSON.stringify(seen)).not.toContain('@')
  }
  // what was kept for Sam is read again as what Sam is now
  expect((await dana.patch(dana.at(`members/${sam.person.id}`), { role: 'member' })).status).toBe(200)
  expect(await addresses(sam)).toEqual([undefined, undefined])
})

test('a workspace in another region is connected there once an admin has said so, and may be in one region only', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  await sandbox.control.faults([{ provider: 'intercom', path: '/intercom-api/me', status: 401, body: {} }])
  const astray = await connect(dana, consent)
  expect(astray).toMatchObject({ connection: null, attempt: { status: 'failed' } })
  expect(AttemptView.parse(astray.attempt).problem?.detail).toBe(intercom.remedies?.probe_refused)
  await sandbox.control.clearFaults()
  await set({ hostRegion: 'EU' })
  await configure(dana.actor, 'intercom', { options: { region_eu: true } })
  await expect(configure(dana.actor, 'intercom', { options: { region_au: true } })).rejects.toThrow(
    'exclude each other',
  )
  const { connection } = await connect(dana, { ...consent, account: 'sam@globex' })
  expect(connection).toMatchObject({ status: 'connected', account: { label: 'Globex Labs' } })
  const row = await withOrg(dana.actor, (db) => db.connection.findFirstOrThrow({ where: { id: connection?.id ?? '' } }))
  expect(row.config).toMatchObject({ region: 'EU' })
})

test('what an app may not read is told with what to tick, and a section that it may not read stays off', async () => {
  const { dana, id } = await connected()
  await set({ permissions: ['articles', 'admins', 'app'] })
  await expect(turn(dana, id, 'conversations', true)).rejects.toThrow(intercom.remedies?.not_permitted)
  await set({ permissions: ['conversations', 'contacts', 'articles', 'admins', 'app'] })
  await turn(dana, id, 'conversations', true)
  const board = await newBoard(dana)
  await paste(dana, board, 'https://app.intercom.com/a/inbox/ac3kqx7w/inbox/conversation/48201')
  await set({ workspace: { plan: false } })
  const [card] = await cardsOf(dana, board)
  expect(card?.message).toBe(intercom.remedies?.plan)
})

const probes = (org: TestOrganization, connectionId: string) =>
  withOrg(org.owner.actor, (db) => isQueued(db, 'connections.probe', { connectionId }))
const asked = async (by: Viewer) =>
  (await by.get(by.at('search?q=idempotency&provider=intercom'), SearchAnswer)).body.sources[0]

test('a plan that shuts apps out is an Error that says what helps, in the hub and in a search, until the plan is back', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  await set({ workspace: { plan: false } })
  expect(await asked(priya)).toMatchObject({ state: 'off', message: intercom.remedies?.plan, items: [] })
  expect(await probes(org, id)).toBe(false) // it was looked at a moment ago
  await withOrg(org.owner.actor, (db) => db.connection.update({ where: { id }, data: { probedAt: new Date(0) } }))
  await asked(priya)
  expect(await probes(org, id)).toBe(true)
  await verify(dana.actor, id)
  expect(await findConnection(priya.actor, id)).toMatchObject({
    status: 'error',
    signal: 'red',
    reasonCode: 'setup',
    remedy: intercom.remedies?.plan,
    nextAction: { id: 'how_to_fix' },
  })
  await listOf(dana, id, { kind: 'section' }) // which asks Intercom nothing
  expect(await findConnection(dana.actor, id)).toMatchObject({ status: 'error', remedy: intercom.remedies?.plan })
  await set({ workspace: { plan: true } })
  expect(await verify(dana.actor, id)).toMatchObject({ status: 'connected', signal: 'green', reason: null })
})

test('an Error that was an outage becomes one of the plan as soon as Intercom says so', async () => {
  const { org, dana, id } = await connected()
  await sandbox.control.faults([{ provider: 'intercom', path: '/**', status: 503 }])
  for (const _ of [1, 2, 3]) await verify(dana.actor, id).catch(() => null)
  await sandbox.control.clearFaults()
  expect(await findConnection(dana.actor, id)).toMatchObject({ status: 'error', reasonCode: 'unavailable' })
  await set({ workspace: { plan: false } })
  await verify(dana.actor, id)
  const told = { status: 'error', reasonCode: 'setup', remedy: intercom.remedies?.plan }
  expect(await findConnection(dana.actor, id)).toMatchObject(told)
  const { items } = await listActivity(dana.actor, 'intercom', { limit: 9, level: 'problem' })
  const noticed = ['noticed that Intercom shuts Plugboard out', 'noticed that Intercom keeps failing']
  expect(items.slice(0, 2).map(({ what }) => what)).toEqual(noticed)
  await set({ workspace: { plan: true } })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'connected', reason: null })
})

test('what Plugboard’s app may not read is told at the connection, and in a search beside what was found', async () => {
  const { dana, id } = await connected()
  await turn(dana, id, 'contacts', true)
  await set({ permissions: ['articles', 'admins', 'app'] })
  expect(await verify(dana.actor, id)).toMatchObject({
    status: 'connected',
    signal: 'amber',
    reason: 'Plugboard’s app may not read conversations and contacts',
    remedy: intercom.remedies?.not_permitted,
  })
  const { items = [], ...told } = (await asked(dana)) ?? {}
  expect(told).toMatchObject({ state: 'ok', message: intercom.remedies?.not_permitted })
  expect(items.map(({ title }) => title)).toContain('Idempotency keys')
})

test('what could not be looked at just now stays as it was last told', async () => {
  const { dana, id } = await connected()
  await set({ permissions: ['articles', 'admins', 'app'] })
  await verify(dana.actor, id)
  const lacks = async () => (await verify(dana.actor, id)).capabilities.lacks
  const faultAt = (part: string, status: number) => ({ provider: 'intercom', path: `/intercom-api/${part}`, status })
  await sandbox.control.faults([faultAt('contacts', 503), faultAt('articles', 429)])
  expect(await lacks()).toEqual(['conversations', 'contacts'])
  await set({ permissions: ['conversations', 'contacts', 'articles', 'admins', 'app'] })
  expect(await lacks()).toEqual(['contacts'])
  await sandbox.control.clearFaults()
  expect(await lacks()).toBeUndefined()
})
