import { expect, test } from 'vitest'
import { BoardView, ObjectView, RemovedView } from '#lib/boards/schema.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'

const file = 'https://github.com/acme/api/blob/main/README.md'

type Board = Awaited<ReturnType<typeof newBoard>>

async function newBoard(viewer: Viewer) {
  const { id } = (await viewer.post(viewer.at('boards'), { name: 'Orders' }, BoardView)).body
  const path = viewer.at(`boards/${id}`)
  return { id, path, objects: `${path}/objects` }
}
const add = async (viewer: Viewer, { objects }: Board, object: object): Promise<string> =>
  (await viewer.post(objects, object, ObjectView)).body.id
const remove = async (viewer: Viewer, { objects }: Board, id: string): Promise<string> =>
  (await viewer.delete(`${objects}/${id}`, undefined, RemovedView)).body.undo
const restore = (viewer: Viewer, { objects }: Board, undo: string) => viewer.post(objects, { type: 'removed', undo })
const read = async (viewer: Viewer, { path }: Board) => (await viewer.get(path, BoardView)).body.objects
/** Objects without what a change of the board may touch. */
const lasting = (objects: BoardView['objects']) =>
  objects.map(({ version: _version, updatedAt: _at, updatedBy: _by, ...rest }) => rest)

test('what was removed comes back where it stood, as whose it was, with its connectors', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const board = await newBoard(dana)
  const section = await add(dana, board, { type: 'section', text: 'Deploy' })
  const first = await add(dana, board, { type: 'note', text: 'first', section })
  const card = await add(dana, board, { type: 'reference', url: file, section })
  await add(dana, board, { type: 'note', text: 'last', section })
  await add(dana, board, { type: 'connector', from: first, to: card, text: 'explains' })
  await dana.patch(`${board.objects}/${card}`, { caption: 'Start here', size: 'L' })
  const before = lasting(await read(dana, board))
  const undo = await remove(sam, board, card)
  expect(await read(dana, board)).toHaveLength(3)
  expect((await restore(sam, board, undo)).body).toMatchObject({ id: card, caption: 'Start here', size: 'L' })
  expect(lasting(await read(dana, board))).toEqual(before)
})

test('a section comes back around what it held and what nobody has moved since', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  await add(dana, board, { type: 'note', text: 'above' })
  const section = await add(dana, board, { type: 'section', text: 'Deploy' })
  const inside = await add(dana, board, { type: 'note', text: 'inside', section })
  const gone = await add(dana, board, { type: 'note', text: 'gone', section })
  await add(dana, board, { type: 'note', text: 'below' })
  const undo = await remove(dana, board, section)
  await remove(dana, board, gone)
  expect((await restore(dana, board, undo)).status).toBe(201)
  const objects = await read(dana, board)
  expect(objects.map((one) => ('text' in one ? one.text : one.kind))).toEqual(['above', 'Deploy', 'inside', 'below'])
  expect(objects.find(({ id }) => id === inside)?.section).toBe(section)
})

test('an undo is one person’s and one board’s, works once, and cannot be made up', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const [board, other] = [await newBoard(dana), await newBoard(dana)]
  const note = await add(dana, board, { type: 'note', text: 'a' })
  const undo = await remove(dana, board, note)
  const foreign = { status: 422, errors: [{ pointer: '/undo' }] }
  expect((await restore(sam, board, undo)).body).toMatchObject(foreign)
  expect((await restore(dana, other, undo)).body).toMatchObject(foreign)
  expect((await restore(dana, board, JSON.stringify({ object: {} }))).body).toMatchObject(foreign)
  expect(await read(dana, board)).toEqual([])
  expect((await restore(dana, board, undo)).status).toBe(201)
  expect((await restore(dana, board, undo)).body).toMatchObject({ type: '/problems/already-exists' })
})

test('a connector whose end is gone stays away, and says so', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  const from = await add(dana, board, { type: 'note', text: 'a' })
  const to = await add(dana, board, { type: 'note', text: 'b' })
  const connector = await add(dana, board, { type: 'connector', from, to })
  const undo = await remove(dana, board, connector)
  await remove(dana, board, to)
  expect((await restore(dana, board, undo)).body).toMatchObject({ type: '/problems/conflict' })
})

test('an object says who changed it last', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const board = await newBoard(dana)
  const note = await add(dana, board, { type: 'note', text: 'a' })
  await sam.patch(`${board.objects}/${note}`, { text: 'b' })
  const [object] = await read(dana, board)
  expect(object).toMatchObject({ addedBy: { name: 'Dana Kim' }, updatedBy: { id: sam.person.id, name: 'Sam' } })
})
