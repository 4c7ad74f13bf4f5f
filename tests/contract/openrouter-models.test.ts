import { expect, test } from 'vitest'
import { modelId } from '#lib/providers/openrouter/ids.ts'
import { modelReader, openrouterApi, openrouterFixture } from '#tests/support/openrouter-api.ts'

const models = modelReader()

test('models come with context size, modality and prices for a million tokens', async () => {
  const { api } = await openrouterApi(openrouterFixture('model'))
  const { items, nextCursor } = await models.list(api, {})
  expect(nextCursor).toBeUndefined()
  expect(items[0]).toEqual({
    kind: 'model',
    id: modelId('lathe/bolt-2'),
    title: 'Lathe: Bolt 2',
    url: `${new URL(api.base).origin}/lathe/bolt-2`,
    excerpt: 'A small model for long lists, and a picture of one.',
    body: {
      model: 'lathe/bolt-2',
      contextLength: 131_072,
      inputPrice: '0.15',
      outputPrice: '0.6',
      modality: 'text+image->text',
      endsOn: '2027-01-31',
    },
  })
})

test('a price that varies is not shown, a free one is nothing, and what has no model’s name is left out', async () => {
  const { api } = await openrouterApi(openrouterFixture('model'))
  const { items } = await models.list(api, {})
  expect(items.map(({ body }) => body)).toEqual([
    expect.anything(),
    { model: 'lathe/bolt-2:free', contextLength: 32_768, inputPrice: '0', outputPrice: '0', modality: 'text->text' },
    { model: 'lathe/any' },
  ])
})

test('a search is OpenRouter’s own, and its pages follow each other', async () => {
  const page = Array.from({ length: 100 }, (_, at) => ({ id: `lathe/bolt-${at}`, name: `Bolt ${at}` }))
  const { api, received } = await openrouterApi({ 'GET /models': { body: { data: page } } })
  const { items, nextCursor } = await models.search(api, 'bolt', {})
  expect([items.length, nextCursor]).toEqual([100, '100'])
  await models.search(api, 'bolt', { cursor: nextCursor ?? '' })
  expect(received.map(({ query }) => Object.fromEntries(query))).toEqual([
    { q: 'bolt', limit: '100', offset: '0' },
    { q: 'bolt', limit: '100', offset: '100' },
  ])
})

test('a list that comes whole has no next page, and a cursor that is none is asked of nobody', async () => {
  const all = Array.from({ length: 340 }, (_, at) => ({ id: `lathe/bolt-${at}`, name: `Bolt ${at}` }))
  const { api, received } = await openrouterApi({ 'GET /models': { body: { data: all } } })
  const { items, nextCursor } = await models.list(api, {})
  expect([items.length, nextCursor]).toEqual([340, undefined])
  await expect(models.list(api, { cursor: '../key' })).rejects.toMatchObject({ failure: 'not_found' })
  expect(received).toHaveLength(1)
})

test('one model is read by its name; one that is not there, or is no name, is not found', async () => {
  const { api, received } = await openrouterApi(openrouterFixture('model'))
  expect(await models.read(api, modelId('lathe/bolt-2'))).toMatchObject({ title: 'Lathe: Bolt 2' })
  await expect(models.read(api, modelId('lathe/bolt-3'))).rejects.toMatchObject({ failure: 'not_found' })
  await expect(models.read(api, modelId('../key'))).rejects.toMatchObject({ failure: 'not_found' })
  expect(received.map(({ path }) => path)).toEqual(['/api/v1/model/lathe/bolt-2', '/api/v1/model/lathe/bolt-3'])
})
