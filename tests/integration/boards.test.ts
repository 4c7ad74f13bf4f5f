import { expect, test } from 'vitest'
import { BoardList, BoardView, ObjectView } from '#lib/boards/schema.ts'
import { withOrg } from '#lib/platform/db.ts'
import { addObject, newBoard, readBoard } from '#tests/support/boards.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'

const file = 'https://github.com/acme/api/blob/main/README.md'

const change = async (viewer: Viewer, board: string, object: string, patch: object): Promise<ObjectView> =>
  (await viewer.patch(viewer.at(`boards/${board}/objects/${object}`), patch, ObjectView)).body
const remove = (viewer: Viewer, board: string, object: string) =>
  viewer.delete(viewer.at(`boards/${board}/objects/${object}`))
const texts = ({ objects }: BoardView) => objects.map((one) => (one.type === 'reference' ? one.kind : one.text))
const addNotes = async (viewer: Viewer, board: string, ...notes: string[]): Promise<string[]> => {
  const ids: string[] = []
  for (const text of notes) ids.push((await addObject(viewer, board, { type: 'note', text })).id)
  return ids
}

test('a board is made, renamed, listed with its sources, and deleted with what stands on it', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana, '  Orders  ')
  const made = await readBoard(dana, board)
  expect(made).toMatchObject({ name: 'Orders', version: 1, mayEdit: true, objects: [] })
  expect(made.createdBy.name).toBe('Dana Kim')
  const renamed = await dana.patch(dana.at(`boards/${board}`), { name: 'Orders and stock' }, BoardView)
  expect(renamed.body).toMatchObject({ name: 'Orders and stock', version: 2 })
  await addObject(dana, board, { type: 'reference', url: file })
  await addObject(dana, board, { type: 'note', text: 'hello' })
  const { items } = (await dana.get(dana.at('boards'), BoardList)).body
  expect(items).toMatchObject([{ id: board, name: 'Orders and stock', providers: ['github'], objects: 2 }])
  expect((await dana.delete(dana.at(`boards/${board}`))).status).toBe(204)
  expect((await dana.get(dana.at(`boards/${board}`))).status).toBe(404)
  expect(await withOrg(dana.actor, (db) => db.boardObject.count())).toBe(0)
})

test('boards are listed page by page, last changed first, each once', async () => {
  const dana = await ownerOf(await newOrganization())
  const boards: string[] = []
  for (const name of ['a', 'b', 'c', 'd', 'e']) boards.push(await newBoard(dana, name))
  await dana.patch(dana.at(`boards/${boards[0]}`), { name: 'a again' })
  const first = (await dana.get(dana.at('boards?limit=3'), BoardList)).body
  const second = (await dana.get(dana.at(`boards?limit=3&cursor=${first.nextCursor}`), BoardList)).body
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['a again', 'e', 'd', 'c', 'b'])
  expect(second.nextCursor).toBeNull()
  expect((await dana.get(dana.at('boards?cursor=bm9uc2Vuc2U'))).body).toMatchObject({
    type: '/problems/fields-not-accepted',
    errors: [{ pointer: '/cursor' }],
  })
})

test('an empty name, an overlong text and an unknown type are refused with the field', async () => {
  const dana = await ownerOf(await newOrganization())
  const unnamed = await dana.post(dana.at('boards'), { name: '   ' })
  expect(unnamed.body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/name', detail: 'Enter a name for the board.' }],
  })
  const board = await newBoard(dana)
  const objects = dana.at(`boards/${board}/objects`)
  expect((await dana.post(objects, { type: 'note', text: 'x'.repeat(10_001) })).status).toBe(422)
  expect((await dana.post(objects, { type: 'picture' })).status).toBe(422)
  expect((await readBoard(dana, board)).version).toBe(1)
})

test('every change of a board raises its version, so that a page that polls notices', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  const [a] = await addNotes(dana, board, 'a', 'b')
  expect((await readBoard(dana, board)).version).toBe(3)
  await change(dana, board, String(a), { move: 'down' })
  await change(dana, board, String(a), { text: 'A' })
  await remove(dana, board, String(a))
  expect((await readBoard(dana, board)).version).toBe(6)
})

test('T-BRD-3 objects move by steps, behind one another and between sections, and the place persists', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  const [a = '', b = '', c = ''] = await addNotes(dana, board, 'a', 'b', 'c')
  const { id: section } = await addObject(dana, board, { type: 'section', text: 'Deploy' })
  await change(dana, board, c, { move: 'up' })
  expect(texts(await readBoard(dana, board))).toEqual(['a', 'c', 'b', 'Deploy'])
  await change(dana, board, a, { section })
  await change(dana, board, b, { section })
  expect(texts(await readBoard(dana, board))).toEqual(['c', 'Deploy', 'a', 'b'])
  const moved = await change(dana, board, c, { section, after: a })
  expect(moved).toMatchObject({ section, position: 1, version: 3 })
  expect(texts(await readBoard(dana, board))).toEqual(['Deploy', 'a', 'c', 'b'])
  await change(dana, board, a, { section: null })
  expect(texts(await readBoard(dana, board))).toEqual(['Deploy', 'c', 'b', 'a'])
})

test('what a deleted section held stays on the board, in its place', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  await addNotes(dana, board, 'a')
  const { id: section } = await addObject(dana, board, { type: 'section', text: 'Deploy' })
  await addNotes(dana, board, 'z')
  await addObject(dana, board, { type: 'note', text: 'x', section })
  await addObject(dana, board, { type: 'note', text: 'y', section })
  expect((await remove(dana, board, section)).status).toBe(200)
  const left = await readBoard(dana, board)
  expect(texts(left)).toEqual(['a', 'x', 'y', 'z'])
  expect(left.objects.map(({ section: within, position }) => [within, position])).toEqual([
    [null, 0],
    [null, 1],
    [null, 2],
    [null, 3],
  ])
})

test('a connector joins two objects and goes with either of them', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  const [a = '', b = ''] = await addNotes(dana, board, 'a', 'b')
  const joined = await addObject(dana, board, { type: 'connector', from: a, to: b, text: 'feeds' })
  expect(joined).toMatchObject({ from: a, to: b, text: 'feeds', section: null })
  const objects = dana.at(`boards/${board}/objects`)
  expect((await dana.post(objects, { type: 'connector', from: a, to: a })).body).toMatchObject({
    errors: [{ pointer: '/to' }],
  })
  expect((await dana.post(objects, { type: 'connector', from: a, to: joined.id })).status).toBe(422)
  await remove(dana, board, b)
  expect(texts(await readBoard(dana, board))).toEqual(['a'])
})

test('a field that an object does not have is refused, and nothing is changed', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  const [note = ''] = await addNotes(dana, board, 'a')
  const path = dana.at(`boards/${board}/objects/${note}`)
  expect((await dana.patch(path, { caption: 'x' })).body).toMatchObject({ errors: [{ pointer: '/caption' }] })
  expect((await dana.patch(path, { move: 'up', section: null })).body).toMatchObject({ errors: [{ pointer: '/move' }] })
  expect((await dana.patch(path, { section: crypto.randomUUID() })).body).toMatchObject({
    errors: [{ pointer: '/section' }],
  })
  expect((await readBoard(dana, board)).version).toBe(2)
  const { id } = await addObject(dana, board, { type: 'reference', url: file })
  expect((await change(dana, board, id, { caption: 'Start here', size: 'L' })) as object).toMatchObject({
    caption: 'Start here',
    size: 'L',
  })
  expect((await dana.patch(dana.at(`boards/${board}/objects/${id}`), { text: 'x' })).status).toBe(422)
})

test('people who add at the same moment lose nothing, and the places have no gaps', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const board = await newBoard(dana)
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => addObject(n % 2 ? dana : sam, board, { type: 'note', text: `n${n}` })),
  )
  const { objects, version } = await readBoard(dana, board)
  expect(objects.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(version).toBe(13)
})

test('a board takes 500 objects and says what to do about the next', async () => {
  const dana = await ownerOf(await newOrganization())
  const board = await newBoard(dana)
  await withOrg(dana.actor, (db) =>
    db.boardObject.createMany({
      data: Array.from({ length: 500 }, (_, position) => ({
        organizationId: dana.actor.organizationId,
        boardId: board,
        type: 'note',
        text: 'n',
        position,
        createdById: dana.person.id,
        updatedById: dana.person.id,
      })),
    }),
  )
  const full = await dana.post(dana.at(`boards/${board}/objects`), { type: 'note', text: 'one more' })
  expect(full.body).toMatchObject({
    status: 422,
    detail: 'This board holds 500 objects, the most it can. Remove one or use another board.',
  })
})

test('a reviewer reads boards and edits none; to a guest there are none', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const reviewer = await joins(org, 'reviewer', 'Robin')
  const guest = await joins(org, 'guest', 'Gil')
  const board = await newBoard(dana)
  const [note = ''] = await addNotes(dana, board, 'a')
  expect((await readBoard(reviewer, board)).mayEdit).toBe(false)
  const attempts = [
    reviewer.post(reviewer.at('boards'), { name: 'Mine' }),
    reviewer.patch(reviewer.at(`boards/${board}`), { name: 'Mine' }),
    reviewer.delete(reviewer.at(`boards/${board}`)),
    reviewer.post(reviewer.at(`boards/${board}/objects`), { type: 'note', text: 'x' }),
    reviewer.patch(reviewer.at(`boards/${board}/objects/${note}`), { text: 'x' }),
    reviewer.delete(reviewer.at(`boards/${board}/objects/${note}`)),
  ]
  expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
  expect((await reviewer.patch(reviewer.at(`boards/${crypto.randomUUID()}`), { name: 'x' })).status).toBe(404)
  expect((await guest.get(guest.at('boards'), BoardList)).body.items).toEqual([])
  const hidden = [
    guest.get(guest.at(`boards/${board}`)),
    guest.get(guest.at(`boards/${board}/cards`)),
    guest.post(guest.at(`boards/${board}/objects`), { type: 'note', text: 'x' }),
  ]
  expect((await Promise.all(hidden)).map(({ status }) => status)).toEqual([404, 404, 404])
})

test('a member deletes their own board, not another’s', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const hers = await newBoard(dana)
  const his = await newBoard(sam)
  expect((await sam.delete(sam.at(`boards/${hers}`))).status).toBe(403)
  expect((await sam.delete(sam.at(`boards/${his}`))).status).toBe(204)
})

test('another organization’s board reads like one that is not there, whatever is tried', async () => {
  const dana = await ownerOf(await newOrganization())
  const other = await ownerOf(await newOrganization('Globex'))
  const board = await newBoard(dana)
  const [note = ''] = await addNotes(dana, board, 'a')
  const own = await newBoard(other)
  const tries = (id: string, object: string) => [
    other.get(other.at(`boards/${id}`)),
    other.patch(other.at(`boards/${id}`), { name: 'x' }),
    other.delete(other.at(`boards/${id}`)),
    other.post(other.at(`boards/${id}/objects`), { type: 'note', text: 'x' }),
    other.patch(other.at(`boards/${id}/objects/${object}`), { text: 'x' }),
    other.delete(other.at(`boards/${id}/objects/${object}`)),
    other.get(other.at(`boards/${id}/cards`)),
    other.get(other.at(`boards/${id}/cards/${object}`)),
  ]
  const bare = (answers: { status: number; body: unknown }[]) =>
    answers.map(({ status, body }) => [status, { ...(body as object), requestId: '' }])
  const foreign = bare(await Promise.all(tries(board, note)))
  const unknown = bare(await Promise.all(tries(crypto.randomUUID(), note)))
  expect(foreign).toEqual(unknown)
  expect(foreign.every(([status]) => status === 404)).toBe(true)
  expect((await other.patch(other.at(`boards/${own}/objects/${note}`), { text: 'x' })).status).toBe(404)
  expect(texts(await readBoard(dana, board))).toEqual(['a'])
})
