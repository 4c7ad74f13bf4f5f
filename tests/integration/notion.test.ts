// Notion, connected once for everybody by one person's choice of pages: found, pasted, put on boards, switched off, left.
import { expect, test } from 'vitest'
import { findConnection } from '#lib/connections/queries.ts'
import { verify } from '#lib/connections/verify.ts'
import { notion } from '#lib/providers/notion/provider.ts'
import { listContainers } from '#lib/resources/list-containers.ts'
import { SearchAnswer } from '#lib/resources/schema.ts'
import { shareResource } from '#lib/resources/share-resource.ts'
import { cardsOf, newBoard, paste } from '#tests/support/boards.ts'
import { connectedBy, listOf, named } from '#tests/support/connected.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const consent = { provider: 'notion', slot: 'organization', account: 'dana@acme' } as const // as const: a slot's name
const connected = () => connectedBy(consent)
const bare = (id: string): string => id.replaceAll('-', '')

test('one person connects it for everyone: Connected, under the workspace’s name', async () => {
  const { org, id } = await connected()
  expect(await findConnection(org.owner.actor, id)).toMatchObject({
    status: 'connected',
    signal: 'green',
    reason: null,
    slot: 'organization',
    account: { label: 'Acme' },
    scopes: { requested: [], granted: [], missing: [], extra: [] },
  })
})

test('T-PAL-6: addresses of pages and databases become their cards, with and without dashes, titles and views, which another member sees as well', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  const [page, database] = [
    await named(dana, id, 'page', 'On-call'),
    await named(dana, id, 'database', 'Product roadmap'),
  ]
  const view = `?v=${'1'.repeat(32)}`
  const pages = [page.url, `https://www.notion.so/acme/On-call-${bare(page.id)}`, `https://notion.so/${page.id}?pvs=4`]
  const databases = [
    database.url, // nothing in it says that it is no page
    `https://app.notion.com/p/${bare(database.id)}${view}`,
    `https://acme.notion.site/Roadmap-${bare(database.id)}${view}`,
  ]
  const cardOf = async (url: string) => {
    const board = await newBoard(dana) // a board has each thing once
    expect((await paste(dana, board, url)).status).toBe(201)
    const [[own], [other]] = [await cardsOf(dana, board), await cardsOf(priya, board)]
    expect([other?.state, other?.resource]).toEqual([own?.state, own?.resource])
    return own
  }
  for (const url of pages) {
    const card = await cardOf(url)
    expect(card).toMatchObject({ state: 'live', resource: { kind: 'page', title: 'On-call' } })
    expect(card?.resource?.excerpt?.split('\n')).toHaveLength(3)
  }
  for (const url of databases) {
    const card = await cardOf(url)
    const resource = { kind: 'database', title: 'Product roadmap', looks: 'found' }
    expect(card).toMatchObject({ state: 'live', resource })
    expect(card?.resource?.body?.hits).toHaveLength(5)
  }
})

test('what is typed finds databases and pages by their titles, and leads from a database to its rows', async () => {
  const { dana, id } = await connected()
  const { body } = await dana.get(dana.at('search?q=incidents&provider=notion'), SearchAnswer)
  const [found] = body.sources.flatMap(({ items }) => items)
  expect([found?.kind, found?.title]).toEqual(['database', 'Incidents'])
  const rows = await listOf(dana, id, { kind: 'page', parent: found?.id ?? '' })
  expect(rows.map(({ title }) => title)).toContain('Carrier down, retries made it worse')
  expect(rows[0]).toMatchObject({ container: 'Incidents' })
})

test('a page that nobody shared with Plugboard says so, and what can be done about it', async () => {
  const { dana, id } = await connected()
  const guide = await named(dana, id, 'page', 'Brand guide')
  await sandbox.control.set({ provider: 'notion', unshare: { account: 'dana@acme', page: 'Brand guide' } })
  const board = await newBoard(dana)
  await paste(dana, board, guide.url)
  const [card] = await cardsOf(dana, board)
  expect(card).toMatchObject({ state: 'no_access', message: notion.remedies?.not_shared })
  expect(card?.message).toContain('isn’t shared with Plugboard')
  expect(JSON.stringify(card)).not.toContain('Brand')
})

test('T-RES-2: a database that an admin turns off takes its rows along, and the pages below them', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  const database = await named(dana, id, 'database', 'Incidents')
  const row = await named(dana, id, 'page', 'Jitter for all retries')
  await sandbox.control.set({ provider: 'notion', page: { title: 'Below a row', parent: row.id } })
  const below = await named(dana, id, 'page', 'Below a row')
  const board = await newBoard(dana)
  for (const { url } of [database, row, below]) await paste(dana, board, url)
  expect((await cardsOf(priya, board)).map(({ state }) => state)).toEqual(['live', 'live', 'live'])
  await shareResource(dana.actor, id, { kind: 'database', resource: database.id }, false)
  const seen = await cardsOf(priya, board)
  expect(seen.map(({ state }) => state)).toEqual(['not_shared', 'not_shared', 'not_shared'])
  expect(JSON.stringify(seen)).not.toMatch(/Jitter|Incidents|Below/)
  for (const q of ['jitter', 'incidents', 'below a row'])
    expect(await listOf(priya, id, { kind: 'page', q })).toEqual([])
  const refused = await paste(dana, board, row.url)
  expect(refused.status).toBe(403)
})

test('T-RES-2: a database in a row of one that is turned off goes with it, and so do its own rows', async () => {
  const { org, dana, id } = await connected()
  const priya = await joins(org, 'member', 'Priya Nair')
  const [outer, row] = [
    await named(dana, id, 'database', 'Incidents'),
    await named(dana, id, 'page', 'Jitter for all retries'),
  ]
  await sandbox.control.set({ provider: 'notion', rate: { perSecond: 1000, burst: 1000 } })
  const sources = [{ name: 'Inner tasks', properties: ['Name: title'] }]
  await sandbox.control.set({ provider: 'notion', database: { title: 'Inner tasks', parent: row.id, sources } })
  const inner = await named(dana, id, 'database', 'Inner tasks')
  await sandbox.control.set({ provider: 'notion', page: { title: 'An inner row', parent: inner.id } })
  const below = await named(dana, id, 'page', 'An inner row')
  const board = await newBoard(dana)
  for (const { url } of [inner, below]) await paste(dana, board, url)
  const states = async () => (await cardsOf(priya, board)).map(({ state }) => state)
  expect(await states()).toEqual(['live', 'live'])
  await shareResource(dana.actor, id, { kind: 'database', resource: outer.id }, false)
  expect(await states()).toEqual(['not_shared', 'not_shared'])
  for (const kind of ['page', 'database']) expect(await listOf(priya, id, { kind, q: 'inner' })).toEqual([])
  await shareResource(dana.actor, id, { kind: 'database', resource: outer.id }, true)
  await shareResource(dana.actor, id, { kind: 'database', resource: inner.id }, false)
  expect(await states()).toEqual(['not_shared', 'not_shared'])
})

test('where its switches cannot be read, it says what can be done about that', async () => {
  const { dana, id } = await connected()
  const database = await named(dana, id, 'database', 'Incidents')
  await sandbox.control.set({ provider: 'notion', capabilities: { content: false } })
  const why = notion.remedies?.capability
  await expect(listContainers(dana.actor, id, { kind: 'database' })).rejects.toThrow(why)
  const turnedOn = shareResource(dana.actor, id, { kind: 'database', resource: database.id }, true)
  await expect(turnedOn).rejects.toThrow(why)
})

test('a connection that may not read content is not made, and one that may no longer says so', async () => {
  const { org, id } = await connected()
  await sandbox.control.set({ provider: 'notion', capabilities: { content: false } })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'no_access', reasonCode: 'forbidden' })
  const other = await ownerOf(await newOrganization())
  const { attempt, connection } = await connect(other, consent)
  expect([attempt.status, connection]).toEqual(['failed', null])
  expect(attempt.problem?.detail).toContain('may not use Notion')
  await sandbox.control.set({ provider: 'notion', capabilities: { content: true } })
  expect(await verify(org.owner.actor, id)).toMatchObject({ status: 'connected' })
})
