import { expect, test } from 'vitest'
import type { CardView } from '#lib/boards/schema.ts'
import { cardLoader } from './load-cards.ts'

const card = (objectId: string): CardView => ({ objectId, provider: 'github', kind: 'file', state: 'live' })

function loader(read: (ids: string[]) => Promise<CardView[]>) {
  let end = () => {}
  const load = cardLoader(read, (work) => {
    end = work
  })
  return { load, end: () => end() }
}

test('cards wanted at one moment are asked for together, eight at a time', async () => {
  const asked: string[][] = []
  const { load, end } = loader(async (ids) => {
    asked.push(ids)
    return ids.map(card).reverse()
  })
  const wanted = Array.from({ length: 10 }, (_, n) => String(n))
  const cards = Promise.all(wanted.map(load))
  end()
  expect((await cards).map(({ objectId }) => objectId)).toEqual(wanted)
  expect(asked.map(({ length }) => length)).toEqual([8, 2])
})

test('a failing request fails its own cards only', async () => {
  const { load, end } = loader(async (ids) => {
    if (ids.includes('0')) throw new Error('no answer')
    return ids.map(card)
  })
  const cards = Promise.allSettled(Array.from({ length: 9 }, (_, n) => load(String(n))))
  end()
  expect((await cards).map(({ status }) => status === 'fulfilled')).toEqual([...Array(8).fill(false), true])
})

test('a card that is not answered is not waited for', async () => {
  const { load, end } = loader(async () => [])
  const one = load('a')
  end()
  await expect(one).rejects.toThrow('no longer on the board')
})
