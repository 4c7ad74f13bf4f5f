import { expect, test } from 'vitest'
import { z } from 'zod'
import { withOrg } from '#lib/platform/db.ts'
import { addObject, newBoard, readBoard } from '#tests/support/boards.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const file = 'https://github.com/acme/api/blob/main/README.md'

test('a link is recognized by its address alone, whatever tracking it carries, and nothing is asked of anybody', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const board = await newBoard(dana)
  await sandbox.control.clearLog()
  const links: [string, string][] = [
    ['https://github.com/acme/api', 'repository'],
    ['http://www.github.com/acme/web?utm_source=mail&utm_medium=x', 'repository'],
    ['https://github.com/acme/api/tree/main/src', 'directory'],
    ['https://github.com/acme/api/blob/main/src/server.ts#L3-L9', 'file'],
    ['https://github.com/acme/api/issues/4', 'issue'],
    ['https://github.com/acme/api/pull/9/files', 'pull_request'],
    ['https://github.com/search?q=retry&type=code', 'code_search'],
    [`${sandbox.url}/github-web/acme/handbook`, 'repository'],
  ]
  for (const [url, kind] of links)
    expect(await addObject(dana, board, { type: 'reference', url })).toMatchObject({ kind })
  expect(await sandbox.control.log()).toEqual([])
})

test('T-PAL-7 a link of an unknown host is not recognized and no request goes to it', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const board = await newBoard(dana)
  await sandbox.control.clearLog()
  for (const url of [
    `${sandbox.url}/elsewhere/acme/api`,
    `${sandbox.url.replace('127.0.0.1', 'localhost')}/github-web/acme/api`,
    'https://github.com.evil.example/acme/api',
    'https://github.com@evil.example/acme/api',
    'https://user:pass@github.com/acme/api',
    'https://github.com:8443/acme/api',
    'https://gist.github.com/acme/api',
    'https://example.com/page',
  ])
    expect((await dana.post(dana.at(`boards/${board}/objects`), { type: 'reference', url })).body).toMatchObject({
      type: '/problems/link-not-recognized',
      status: 422,
    })
  expect(await sandbox.control.log()).toEqual([])
  expect((await readBoard(dana, board)).objects).toEqual([])
})

test('36: a javascript: link is no reference', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const board = await newBoard(dana)
  for (const url of ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'file:///etc/passwd'])
    expect((await dana.post(dana.at(`boards/${board}/objects`), { type: 'reference', url })).status).toBe(422)
  expect((await readBoard(dana, board)).objects).toEqual([])
})

test('the same thing twice says where it stands, and is added again when asked', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const board = await newBoard(dana)
  const { id: objectId } = await addObject(dana, board, { type: 'reference', url: file })
  const twice = await dana.post(dana.at(`boards/${board}/objects`), { type: 'reference', url: `${file}?utm_source=x` })
  expect(twice.body).toMatchObject({
    type: '/problems/already-exists',
    status: 409,
    detail: 'Already on this board.',
    objectId,
  })
  await addObject(dana, board, { type: 'reference', url: file, again: true })
  expect((await readBoard(dana, board)).objects).toHaveLength(2)
  expect(await withOrg(dana.actor, (db) => db.reference.count())).toBe(1)
  const another = await newBoard(dana, 'Another')
  await addObject(dana, another, { type: 'reference', url: file })
  expect(await withOrg(dana.actor, (db) => db.reference.count())).toBe(1)
})

test('somebody who never saw a locked card cannot find out what it is by pasting links', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya')
  const board = await newBoard(dana)
  await addObject(dana, board, { type: 'reference', url: file })
  const guessed = await priya.post(priya.at(`boards/${board}/objects`), { type: 'reference', url: file })
  const other = await priya.post(priya.at(`boards/${board}/objects`), { type: 'reference', url: `${file}x` })
  expect([guessed.status, other.status]).toEqual([201, 201])
  expect(Object.keys(guessed.body as object)).toEqual(Object.keys(other.body as object))
})

test('a search result is added by connection, kind and id, but only through a connection of one’s own', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const board = await newBoard(dana)
  const list = await dana.get(
    dana.at(`connections/${dana.connectionId}/resources?kind=repository`),
    z.object({ items: z.array(z.object({ id: z.string() })) }),
  )
  const resource = list.body.items[0]?.id
  const objects = dana.at(`boards/${board}/objects`)
  const reference = { type: 'reference', connection: dana.connectionId, kind: 'repository', resource }
  expect((await dana.post(objects, reference)).status).toBe(201)
  expect((await sam.post(objects, reference)).body).toMatchObject({ status: 422, errors: [{ pointer: '/connection' }] })
  expect((await dana.post(objects, { ...reference, kind: 'wiki' })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/kind' }],
  })
  expect((await dana.post(objects, { ...reference, resource: '../../etc' })).status).toBe(422)
})
