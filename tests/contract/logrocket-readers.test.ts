import { describe, expect, test } from 'vitest'
import { ProviderFailure } from '#lib/providers/api.ts'
import { logrocketApi, logrocketFixture, logrocketReader } from '#tests/support/logrocket-api.ts'

const [projects, sessions] = [logrocketReader('project'), logrocketReader('session')]
const seen = 'lathe~shop~6-0193b1f2-1111-7222-8333-444455556666~0'
const later = 'lathe~shop~6-0193b1f2-9999-7222-8333-444455556666~12'
const unseen = 'lathe~shop~6-0193b1f2-7777-7222-8333-444455556666~3'

describe('recently viewed sessions', () => {
  test('are read page after page, each once and the latest first, by the cursor of the page before', async () => {
    const { api, received } = await logrocketApi(logrocketFixture('session'))
    const { items, nextCursor } = await sessions.list(api, {})
    expect(nextCursor).toBeUndefined()
    expect(items.map(({ id }) => id)).toEqual([later, seen])
    expect(items[1]).toMatchObject({
      title: 'Session 6-0193b1f2/0',
      url: 'https://app.logrocket.com/lathe/shop/s/6-0193b1f2-1111-7222-8333-444455556666/0',
      container: 'lathe/shop',
      containerId: 'lathe~shop',
      parent: 'lathe~shop',
      updatedAt: '2026-11-16T10:00:00.000Z',
      body: { viewedBy: 'Jo', viewers: ['Jo', 'Ines Brandt'], views: 2 },
      forAdmins: { email: 'jo@lathe.example' },
    })
    expect(items[0]?.body).toMatchObject({ viewedBy: 'somebody', views: 1 })
    expect(items[0]).not.toHaveProperty('forAdmins')
    expect(received.map(({ query }) => query.get('cursor')).at(-1)).toBe('1794700000123')
    expect(received.map(({ query }) => query.get('limit'))).toEqual(['100', '100'])
    expect(received.every(({ headers }) => headers.authorization === 'token lathe:shop:notARealKey')).toBe(true)
  })

  test('a cursor goes back to the last digit as it came, also one that is longer than numbers are', async () => {
    const cursors: (string | null)[] = []
    const { api } = await logrocketApi(({ query }) => {
      cursors.push(query.get('cursor'))
      return { body: `{"has_next":${cursors.length === 1},"cursor":9007199254740993,"logs":[]}` }
    })
    await sessions.list(api, {})
    expect(cursors[1]).toBe('9007199254740993')
  })

  test('show nobody’s address, and nothing else that people did', async () => {
    const { api } = await logrocketApi(logrocketFixture('session'))
    const { items } = await sessions.list(api, { parent: 'lathe~shop' })
    const told = JSON.stringify(items, (key, value) => (key === 'forAdmins' ? undefined : value))
    expect(told).not.toMatch(/@|Invited/)
  })

  test('say on each card what LogRocket does not tell', async () => {
    const { api } = await logrocketApi(logrocketFixture('session'))
    expect((await sessions.read(api, seen)).body).toMatchObject({
      note: 'LogRocket has no API for a session’s length, errors or contents.',
    })
  })

  test('a session that nobody viewed lately is its replay link and no more, which is said', async () => {
    const { api } = await logrocketApi(logrocketFixture('session'))
    const found = await sessions.read(api, unseen)
    expect(found).toMatchObject({
      url: 'https://app.logrocket.com/lathe/shop/s/6-0193b1f2-7777-7222-8333-444455556666/3',
      body: { views: 0, note: expect.stringMatching(/^Nobody viewed it in the last 30 days\./) },
    })
    expect(found).not.toHaveProperty('updatedAt')
  })

  test.each(['acme~shop~6-0193b1f2-1111-7222-8333-444455556666~0', 'lathe~shop~x~0', 'lathe~shop', `${seen}~1`, '~'])(
    'the id %s is none of the project’s: nobody is asked',
    async (id) => {
      const { api, received } = await logrocketApi({})
      await expect(sessions.read(api, id)).rejects.toMatchObject({ failure: 'not_found' })
      expect(received).toEqual([])
    },
  )

  test('without the audit log the list says so, and a pasted link still is one', async () => {
    const { api } = await logrocketApi({})
    await expect(sessions.list(api, {})).rejects.toMatchObject({ failure: 'setup', detail: 'no_audit_log' })
    expect((await sessions.read(api, seen)).body?.note).toBe(
      'This project has no audit log, so LogRocket does not say who viewed it.',
    )
  })

  test.each(['Forbidden', 'Audit logs are not enabled on your plan'])(
    'a 403 on the audit log, “%s”, says the same of a key that opens Data Export',
    async (body) => {
      const { 'GET /data-export/': exported = {} } = logrocketFixture('project')
      const closed = { 'GET /audit/logs/': { status: 403, body } }
      const { api } = await logrocketApi({ ...closed, 'GET /data-export/': exported })
      await expect(sessions.list(api, {})).rejects.toMatchObject({ failure: 'setup', detail: 'no_audit_log' })
      expect((await sessions.read(api, seen)).body?.note).toMatch(/^This project has no audit log/)
    },
  )

  test('a 403 of a key that opens nothing is a refusal, and no link is shown', async () => {
    const { api } = await logrocketApi(() => ({ status: 403, body: 'Forbidden' }))
    await expect(sessions.read(api, seen)).rejects.toMatchObject({ failure: 'forbidden' })
  })

  test('a key that is not taken shows no link either', async () => {
    const { api } = await logrocketApi({ 'GET /audit/logs/': { status: 401, body: 'Invalid API key' } })
    await expect(sessions.read(api, seen)).rejects.toBeInstanceOf(ProviderFailure)
  })

  test('an answer that is not what the log looks like is no answer', async () => {
    for (const body of ['<html></html>', '{"logs":[]}', '[]', '']) {
      const { api } = await logrocketApi({ 'GET /audit/logs/': { body } })
      await expect(sessions.list(api, {}), body).rejects.toMatchObject({ failure: 'unavailable' })
    }
  })
})

describe('the project', () => {
  test('is the one that the key opens, with what there is of it', async () => {
    const { api, received } = await logrocketApi(logrocketFixture('project'))
    const { items } = await projects.list(api, {})
    expect(items).toMatchObject([
      { id: 'lathe~shop', title: 'lathe/shop', url: 'https://app.logrocket.com/lathe/shop' },
    ])
    expect(items[0]?.body?.description).toMatch(/no list of all of them/)
    expect(await projects.read(api, 'lathe~shop')).toEqual(items[0])
    expect((await projects.search(api, 'SHOP la', {})).items).toEqual(items)
    const { length } = received
    expect((await projects.search(api, 'other', {})).items).toEqual([])
    expect(received).toHaveLength(length) // its name is known
    await expect(projects.read(api, 'acme~web')).rejects.toMatchObject({ failure: 'not_found' })
    expect(JSON.stringify(items)).not.toMatch(/@|notARealSecret/)
  })

  test('without an audit log it says so', async () => {
    const { 'GET /data-export/': exported = {} } = logrocketFixture('project')
    const { api } = await logrocketApi({ 'GET /data-export/': exported })
    expect((await projects.read(api, 'lathe~shop')).body?.description).toMatch(/^Its plan has no audit log/)
  })
})
