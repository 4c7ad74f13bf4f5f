import { expect, test } from 'vitest'
import { ResourceList, ResourceView } from '#lib/resources/schema.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import { joins, ownerOf, type Viewer } from '#tests/support/viewer.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const list = async (viewer: Viewer, query: string, connection = viewer.connectionId) =>
  (await viewer.get(viewer.at(`connections/${connection}/resources?${query}`), ResourceList)).body.items
const ask = (viewer: Viewer, below: string, connection = viewer.connectionId) =>
  viewer.get(viewer.at(`connections/${connection}/resources${below}`))
const apiCalls = async () => (await sandbox.control.log()).filter(({ origin }) => origin === '/github-api')
const named = (items: ResourceView[], title: string): ResourceView => {
  const found = items.find((item) => item.title.endsWith(title))
  if (!found) throw new Error(`no ${title} among ${items.map((item) => item.title).join(', ')}`)
  return found
}

test('T-PAL-4 one walks from the repositories down a tree to a file and reads it', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const repository = named(await list(dana, 'kind=repository'), 'api')
  const folder = named(await list(dana, `kind=directory&parent=${repository.id}`), 'src')
  const inside = await list(dana, `kind=file&parent=${folder.id}`)
  const file = named(inside, 'main.ts')
  const { body } = await dana.get(dana.at(`connections/${dana.connectionId}/resources/file/${file.id}`), ResourceView)
  expect(body).toMatchObject({ provider: 'github', connectionId: dana.connectionId, kind: 'file', title: 'main.ts' })
  expect(JSON.stringify(body.body)).toContain('openPool')
})

test('a list goes on where its cursor says', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  for (let n = 0; n < 3; n++)
    await sandbox.control.set({
      provider: 'github',
      repository: {
        owner: 'acme',
        name: 'web',
        issues: Array.from({ length: 50 }, (_, i) => ({ title: `Issue ${n}-${i}` })),
      },
    })
  const repository = named(await list(dana, 'kind=repository'), 'web')
  const path = `kind=issue&parent=${repository.id}`
  const first = (await dana.get(dana.at(`connections/${dana.connectionId}/resources?${path}`), ResourceList)).body
  expect(first.nextCursor).not.toBeNull()
  const cursor = encodeURIComponent(String(first.nextCursor))
  const second = await list(dana, `${path}&cursor=${cursor}`)
  const ids = new Set(first.items.map(({ id }) => id))
  expect(second.length).toBeGreaterThan(0)
  expect(second.some(({ id }) => ids.has(id))).toBe(false)
})

test('a cursor that leads elsewhere is not followed', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await sandbox.control.clearLog()
  for (const cursor of ['http://evil.example/steal', `${sandbox.url}/github-web/steal`, '../../../user/emails'])
    await ask(dana, `?kind=repository&cursor=${encodeURIComponent(cursor)}`)
  expect(new Set((await sandbox.control.log()).map(({ path }) => path))).toEqual(new Set(['/github-api/user/repos']))
})

test('a member’s connection answers to that member alone', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const sam = await joins(org, 'member', 'Sam', 'sam-o')
  const repository = named(await list(sam, 'kind=repository'), 'api')
  await sandbox.control.clearLog()
  const foreign = [
    await ask(dana, '?kind=repository', sam.connectionId),
    await ask(dana, `/repository/${repository.id}`, sam.connectionId),
    await ask(dana, '?kind=repository', crypto.randomUUID()),
  ]
  const told = foreign.map(({ status, body }) => [status, { ...(body as object), requestId: '' }])
  expect(told[0]).toEqual(told[2])
  expect(told[1]).toEqual(told[2])
  expect(told[2]?.[0]).toBe(404)
  expect(await apiCalls()).toEqual([])
})

test('another organization’s connection is not there', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const other = await ownerOf(await newOrganization('Globex'), 'sam-o')
  expect((await ask(other, '?kind=repository', dana.connectionId)).status).toBe(404)
})

test('the organization’s connection names repositories to those who choose them, and shows nobody what is inside', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org)
  const sam = await joins(org, 'member', 'Sam')
  const robin = await joins(org, 'reviewer', 'Robin')
  const admin = await joins(org, 'admin', 'Ada')
  const { connection } = await connect(org.owner, { slot: 'organization', account: 'dana-k' })
  const shared = String(connection?.id)
  const listed = await list(dana, 'kind=repository', shared)
  const repository = named(listed, 'payroll')
  expect(repository.excerpt).toBeUndefined()
  expect(repository.body).toBeUndefined()
  expect(JSON.stringify(listed)).not.toContain('Monthly payroll')
  expect((await list(admin, 'kind=repository', shared)).length).toBe(listed.length)
  await sandbox.control.clearLog()
  const refused = [
    await ask(dana, `?kind=directory&parent=${repository.id}`, shared),
    await ask(dana, '?kind=code_search&q=gross', shared),
    await ask(dana, `/repository/${repository.id}`, shared),
    await ask(sam, '?kind=repository', shared),
    await ask(robin, '?kind=repository', shared),
  ]
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  expect(await apiCalls()).toEqual([])
})

test('what the provider keeps from the person and what is not there read the same', async () => {
  const org = await newOrganization()
  const dana = await ownerOf(org, 'dana-k')
  const priya = await joins(org, 'member', 'Priya', 'priya-n')
  const repository = named(await list(dana, 'kind=repository'), 'payroll')
  const web = named(await list(priya, 'kind=repository'), 'web')
  await sandbox.control.faults([{ provider: 'github', path: '/repos/acme/web', status: 403, body: {} }])
  const hidden = await ask(priya, `/repository/${repository.id}`)
  const forbidden = await ask(priya, `/repository/${web.id}`)
  const told = [hidden, forbidden].map(({ status, body }) => [status, { ...(body as object), requestId: '' }])
  expect(told[0]).toEqual(told[1])
  expect(hidden.status).toBe(404)
})

test('trouble at the provider is told as what it is, without its words', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  const body = { message: 'secret words of the provider' }
  await sandbox.control.faults([{ provider: 'github', path: '/**', status: 503, body }])
  const down = await ask(dana, '?kind=repository')
  expect(down.body).toMatchObject({ type: '/problems/provider-unavailable', status: 502 })
  expect(JSON.stringify(down.body)).not.toContain('secret words')
  await sandbox.control.clearFaults()
  await sandbox.control.set({ provider: 'github', rateRemaining: { core: 0 } })
  const limited = await ask(dana, '?kind=repository')
  expect(limited.body).toMatchObject({ type: '/problems/provider-rate-limited', status: 503 })
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('a revoked token reads as not connected, with what to do', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  await sandbox.control.revoke({ provider: 'github', account: 'dana-k' })
  const answer = await ask(dana, '?kind=repository')
  expect(answer.body).toMatchObject({
    type: '/problems/not-connected',
    status: 409,
    detail: 'Reconnect GitHub and try again.',
  })
})

test('a kind that is not there, or cannot be listed, is refused with the field', async () => {
  const dana = await ownerOf(await newOrganization(), 'dana-k')
  expect((await ask(dana, '?kind=wiki')).body).toMatchObject({ status: 422, errors: [{ pointer: '/kind' }] })
  expect((await ask(dana, '?kind=code_search')).body).toMatchObject({ status: 422, errors: [{ pointer: '/kind' }] })
  expect((await ask(dana, '?kind=directory&q=x')).body).toMatchObject({ status: 422, errors: [{ pointer: '/q' }] })
  expect((await ask(dana, '')).body).toMatchObject({ status: 422, errors: [{ pointer: '/kind' }] })
  expect((await ask(dana, '/repository/not%2Fan%2Fid')).status).toBe(404)
  expect((await ask(dana, '/repository/bm90LW9uZQ')).status).toBe(404)
})
