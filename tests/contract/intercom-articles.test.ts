import { describe, expect, test } from 'vitest'
import type { Exchanges } from '#tests/support/exchanges.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { intercomApi, intercomFixture, intercomReader, WORKSPACE } from '#tests/support/intercom-api.ts'

const articles = intercomReader('article')
const of = (name: string): Exchanges => intercomFixture(name)
const here = (name: string) => `${WORKSPACE}.${name}`

describe('articles', () => {
  test('that are published stand for themselves, drafts are a section', async () => {
    const { body } = of('article')['GET /articles'] ?? {}
    const last = { body: { ...(body as object), pages: null } } // the fixture's own shape
    const { api, received } = await intercomApi({ ...of('article'), 'GET /articles?page=2': last })
    const { items, nextCursor } = await articles.list(api, {})
    expect(nextCursor).toBe('2')
    expect(items[0]).toEqual({
      kind: 'article',
      id: 'lathe.61',
      title: 'Oil the scroll',
      url: 'https://intercom.help/lathe/en/articles/61-oil-the-scroll',
      updatedAt: '2026-11-18T11:06:40.000Z',
      excerpt: 'Once a month\nBefore you begin\nTake the jaws out.',
      body: { state: '' },
    })
    expect(items.map(({ id, url, isPrivate, containerId }) => [id, url !== '', isPrivate, containerId])).toEqual([
      ['lathe.61', true, undefined, undefined],
      [`~${WORKSPACE}.62`, false, true, here('drafts')],
      [`~${WORKSPACE}.63`, true, undefined, undefined],
    ])
    expect(titles((await articles.list(api, { parent: here('drafts'), cursor: '2' })).items)).toEqual([
      'Prices of next year',
    ])
    expect(received.map(({ query }) => query.get('page'))).toEqual([null, '2'])
    expect(await articles.list(api, { parent: here('contacts') })).toEqual({ items: [] })
  })

  test('drafts are looked for behind the first page, and not for ever', async () => {
    const { body } = of('article')['GET /articles'] ?? {}
    const [published, draft] = (body as { data: object[] }).data // the fixture's own shape
    const page = (data: unknown[], next: number | null) => ({
      body: { data, pages: { type: 'pages', next: next && { page: next } } },
    })
    const some = await intercomApi({
      'GET /articles': page([published, draft], 2),
      'GET /articles?page=2': page([published], 3),
      'GET /articles?page=3': page([draft], null),
    })
    const { items, nextCursor } = await articles.list(some.api, { parent: here('drafts') })
    expect([titles(items), nextCursor]).toEqual([['Prices of next year', 'Prices of next year'], undefined])
    const none = await intercomApi({ 'GET /articles': page([published], 2) })
    expect(await articles.list(none.api, { parent: here('drafts') })).toEqual({ items: [], nextCursor: '2' })
    expect(none.received.length).toBeLessThan(10)
    const many = await intercomApi({
      'GET /articles': page(
        Array.from({ length: 9 }, () => draft),
        2,
      ),
    })
    expect((await articles.list(many.api, { parent: here('drafts') })).items).toHaveLength(9)
    expect((await articles.list(many.api, {})).items).toHaveLength(9)
    expect(many.received).toHaveLength(2)
  })

  test('are found a level deeper than they are listed', async () => {
    const { api, received } = await intercomApi(of('article'))
    expect(titles((await articles.search(api, 'oil', {})).items)).toEqual(['Oil the scroll', 'Prices of next year'])
    expect(titles((await articles.search(api, 'oil', { parent: here('drafts') })).items)).toEqual([
      'Prices of next year',
    ])
    expect(received.map(({ query }) => [query.get('phrase'), query.get('state')])).toEqual([
      ['oil', 'all'],
      ['oil', 'draft'],
    ])
  })

  test('are read under the id of their link, and not out of another help center', async () => {
    const { api } = await intercomApi(of('article'))
    for (const id of ['lathe.61', `~${WORKSPACE}.61`])
      expect(await articles.read(api, id)).toMatchObject({ id, title: 'Oil the scroll' })
    expect(await articles.read(api, `~${WORKSPACE}.62`)).toMatchObject({ isPrivate: true, body: { state: 'draft' } })
    for (const id of ['other.61', '~other.61', 'lathe.99'])
      expect((await failed(articles.read(api, id))).failure).toBe('not_found')
  })
})

describe('an article whose address does not say where it is', () => {
  const { body } = of('article')['GET /articles/61'] ?? {}
  const centers = {
    'GET /help_center/help_centers': { body: { type: 'list', data: [{ id: '9', identifier: 'lathe' }] } },
  }

  test.each([
    ['a draft', null],
    ['one on a host of its own', 'https://help.lathe.example/en/articles/61-oil'],
  ])('%s is the one that is meant in a help center of this workspace alone', async (_, url) => {
    const { api } = await intercomApi({ 'GET /articles/61': { body: { ...(body as object), url } }, ...centers })
    expect(await articles.read(api, 'lathe.61')).toMatchObject({ id: 'lathe.61', title: 'Oil the scroll' })
    expect((await failed(articles.read(api, 'other.61'))).failure).toBe('not_found')
  })

  test('is listed under an id that opens it, whatever its address looks like', async () => {
    for (const path of ['/v2.1/en/articles/61', '/%20/en/articles/61', '/en/articles/61', '/articles/61']) {
      const whole = { ...(body as object), url: `https://help.lathe.example${path}` }
      const { api } = await intercomApi({
        'GET /articles': { body: { data: [whole], pages: null } },
        'GET /articles/61': { body: whole },
      })
      const [listed] = (await articles.list(api, {})).items
      expect(await articles.read(api, listed?.id ?? ''), path).toMatchObject({ id: `~${WORKSPACE}.61` })
    }
  })
})
