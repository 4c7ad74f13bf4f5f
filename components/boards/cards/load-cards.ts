import type { CardView } from '#lib/boards/schema.ts'

/** Cards asked for together in one request: few enough that the first appear while the others are still being read. */
const SIZE = 8

type Waiting = { id: string; resolve: (card: CardView) => void; reject: (error: unknown) => void }

async function answer(some: readonly Waiting[], read: (ids: string[]) => Promise<CardView[]>): Promise<void> {
  try {
    const cards = new Map((await read(some.map(({ id }) => id))).map((card) => [card.objectId, card]))
    for (const { id, resolve, reject } of some) {
      const card = cards.get(id)
      if (card) resolve(card)
      else reject(new Error('this card is no longer on the board'))
    }
  } catch (error) {
    for (const { reject } of some) reject(error)
  }
}

/** A loader of single cards that asks for those wanted at the same moment together. `later` is when that moment ends. */
export function cardLoader(
  read: (ids: string[]) => Promise<CardView[]>,
  later: (work: () => void) => void = (work) => setTimeout(work, 10),
): (id: string) => Promise<CardView> {
  let waiting: Waiting[] = []
  const send = () => {
    const all = waiting
    waiting = []
    for (let at = 0; at < all.length; at += SIZE) void answer(all.slice(at, at + SIZE), read)
  }
  return (id) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) later(send)
      waiting.push({ id, resolve, reject })
    })
}
