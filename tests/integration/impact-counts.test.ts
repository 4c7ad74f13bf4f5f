// quality 22: what a disconnect says that it touches is what the boards hold, in a thousand random configurations.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { impact } from '#lib/connections/impact.ts'
import { withOrg } from '#lib/platform/db.ts'
import { providers } from '#lib/providers/registry.ts'
import { newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { connectSource, type SourceId } from '#tests/support/sources.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

withSandbox()
const sources = providers.map(({ id }) => id as SourceId) // each that is built can be connected
/** Each asks of every source. */
const ROUNDS = Math.ceil(1000 / sources.length)
const MOST_BOARDS = 6

/** What is on a board: of which source each card is, or a note where it is of none. */
type Cards = readonly (SourceId | null)[]
const Changes = fc.array(fc.array(fc.constantFrom(...sources, null), { maxLength: 9 }), { minLength: 1, maxLength: 3 })

async function addBoard({ id: organizationId, owner }: TestOrganization, cards: Cards): Promise<string> {
  const [boardId, by] = [randomUUID(), owner.person.id]
  const references = cards.map((provider) => provider && { id: randomUUID(), provider })
  await withOrg(owner.actor, async (db) => {
    await db.board.create({ data: { id: boardId, organizationId, name: `Board ${boardId}`, createdById: by } })
    await db.reference.createMany({
      data: references.flatMap((one) => (one ? [{ ...one, organizationId, kind: 'any', externalId: one.id }] : [])),
    })
    const common = { organizationId, boardId, createdById: by, updatedById: by }
    await db.boardObject.createMany({
      data: references.map((one, position) =>
        one
          ? { ...common, position, type: 'reference', referenceId: one.id }
          : { ...common, position, type: 'note', text: 'A note' },
      ),
    })
  })
  return boardId
}

/** What the boards hold of one source, counted from what was put there. */
function held(boards: ReadonlyMap<string, Cards>, source: SourceId) {
  const counts = [...boards].map(([id, cards]) => ({ id, cards: cards.filter((one) => one === source).length }))
  return counts.filter(({ cards }) => cards > 0)
}

test('22: the boards and cards that a disconnect touches are counted as they are, whatever is on them', async () => {
  const org = await newOrganization()
  const { actor } = org.owner
  const connected: [SourceId, string][] = []
  for (const id of sources) connected.push([id, (await connectSource(org.owner, id)).id])
  const boards = new Map<string, Cards>()
  let configurations = 0
  for (const change of fc.sample(Changes, { numRuns: ROUNDS, seed: 22 })) {
    for (const cards of change) boards.set(await addBoard(org, cards), cards)
    for (const [oldest] of [...boards].slice(0, -MOST_BOARDS)) {
      await withOrg(actor, (db) => db.board.deleteMany({ where: { id: oldest } }))
      boards.delete(oldest)
    }
    for (const [source, id] of connected) {
      const expected = held(boards, source)
      const told = await impact(actor, id)
      const cards = expected.reduce((sum, one) => sum + one.cards, 0)
      expect(told, source).toMatchObject({ readsCards: true, boards: expected.length, cards })
      expect(new Map(told.shownOn.map((one) => [one.id, one.cards]))).toEqual(
        new Map(expected.map((one) => [one.id, one.cards])),
      )
      configurations += 1
    }
  }
  expect(configurations).toBeGreaterThanOrEqual(1000)
}, 120_000)
