import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '#lib/platform/problem.ts'
import { changed, inReadingOrder, type Placed, place, step, takeOut } from './place-objects.ts'

const note = (id: string, position: number, sectionId: string | null = null): Placed => ({
  id,
  type: 'note',
  sectionId,
  position,
})
const section = (id: string, position: number): Placed => ({ id, type: 'section', sectionId: null, position })
const connector = (id: string, position: number): Placed => ({ id, type: 'connector', sectionId: null, position })

const board = [note('a', 0), section('s', 1), note('b', 2), note('x', 0, 's'), note('y', 1, 's'), connector('c', 0)]
const ids = (objects: readonly Placed[]) => inReadingOrder(objects).map(({ id }) => id)

test('a board is read from top to bottom, each section followed by what it holds, connectors last', () => {
  expect(ids(board.toReversed())).toEqual(['a', 's', 'x', 'y', 'b', 'c'])
})

test('a new object goes to the end of its section, or behind the one that was named', () => {
  expect(ids(place(board, note('n', 0), {}))).toEqual(['a', 's', 'x', 'y', 'b', 'n', 'c'])
  expect(ids(place(board, note('n', 0), { section: 's' }))).toEqual(['a', 's', 'x', 'y', 'n', 'b', 'c'])
  expect(ids(place(board, note('n', 0), { section: 's', after: 'x' }))).toEqual(['a', 's', 'x', 'n', 'y', 'b', 'c'])
  expect(ids(place(board, connector('k', 0), {}))).toEqual(['a', 's', 'x', 'y', 'b', 'c', 'k'])
})

test('an object walks one step among its neighbours and stays at the ends of its section', () => {
  expect(ids(step(board, 'y', 'up'))).toEqual(['a', 's', 'y', 'x', 'b', 'c'])
  expect(ids(step(board, 'x', 'up'))).toEqual(ids(board))
  expect(ids(step(board, 's', 'down'))).toEqual(['a', 'b', 's', 'x', 'y', 'c'])
  expect(ids(step(board, 'b', 'down'))).toEqual(ids(board))
})

test('what a removed section held stands in its place afterwards', () => {
  const left = takeOut(board, 's')
  expect(ids(left)).toEqual(['a', 'x', 'y', 'b', 'c'])
  expect(left.every(({ sectionId }) => sectionId === null)).toBe(true)
})

test.each([
  ['into a section that is not there', () => place(board, note('a', 0), { section: 'nowhere' }), '/section'],
  ['into something that is no section', () => place(board, note('a', 0), { section: 'b' }), '/section'],
  ['a section into a section', () => place([...board, section('t', 3)], section('t', 3), { section: 's' }), '/section'],
  ['a connector into a section', () => place(board, connector('c', 0), { section: 's' }), '/section'],
  ['behind something in another section', () => place(board, note('a', 0), { after: 'x' }), '/after'],
  ['behind itself', () => place(board, note('a', 0), { after: 'a' }), '/after'],
])('putting %s is refused and names the field', (_, attempt, pointer) => {
  const refusal = (() => {
    try {
      return attempt()
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toBeInstanceOf(Problem)
  expect(refusal).toMatchObject({ kind: 'fields-not-accepted', extra: { errors: [{ pointer }] } })
})

type Act = { kind: 'add' | 'section' | 'connect' | 'move' | 'up' | 'down' | 'remove'; pick: number; into: number }
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom<Act['kind']>('add', 'section', 'connect', 'move', 'up', 'down', 'remove'),
    pick: fc.nat(50),
    into: fc.nat(50),
  }),
  { maxLength: 60 },
)

function act(objects: readonly Placed[], { kind, pick, into }: Act, id: string): readonly Placed[] {
  const sections = objects.filter(({ type }) => type === 'section')
  const target = sections[into % (sections.length + 1)]?.id ?? null
  const chosen = objects[pick % Math.max(objects.length, 1)]
  if (kind === 'add') return place(objects, note(id, 0), { section: target })
  if (kind === 'section') return place(objects, section(id, 0), {})
  if (kind === 'connect') return place(objects, connector(id, 0), {})
  if (!chosen) return objects
  if (kind === 'remove') return takeOut(objects, chosen.id)
  if (kind === 'up' || kind === 'down') return step(objects, chosen.id, kind)
  return place(objects, chosen, { section: chosen.type === 'note' ? target : null })
}

const lanes = (objects: readonly Placed[]) =>
  Map.groupBy(objects, ({ type, sectionId }) => (type === 'connector' ? 'connectors' : String(sectionId)))

test('whatever is done to a board, nothing is lost or doubled and each section counts from 0 without gaps', () => {
  fc.assert(
    fc.property(acts, (done) => {
      let objects: readonly Placed[] = []
      done.forEach((one, index) => {
        const before = objects
        objects = act(before, one, `o${index}`)
        const grew = ['add', 'section', 'connect'].includes(one.kind) ? 1 : 0
        const shrank = one.kind === 'remove' && before.length > 0 ? 1 : 0
        expect(objects).toHaveLength(before.length + grew - shrank)
      })
      expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length)
      for (const members of lanes(objects).values())
        expect(members.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual(members.map((_, at) => at))
      const sections = new Set(objects.filter(({ type }) => type === 'section').map(({ id }) => id))
      expect(objects.every(({ sectionId }) => sectionId === null || sections.has(sectionId))).toBe(true)
      expect(ids(objects)).toHaveLength(objects.length)
    }),
  )
})

test('a step and the step back change nothing, and only what moved is written', () => {
  const once = step(board, 'y', 'up')
  expect(
    changed(board, once)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['x', 'y'])
  expect(changed(board, step(once, 'y', 'down'))).toEqual([])
})
