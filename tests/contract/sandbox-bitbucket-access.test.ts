import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { bitbucketClient, DANA, LEE, type Pair, PRIYA, SAM } from '#tests/support/sandbox-bitbucket.ts'

const bitbucket = await newSandbox(bitbucketClient)

const statusOf = async (...call: Parameters<typeof bitbucket.api>) => (await bitbucket.api(...call)).status
const slugsOf = async (path: string, as?: Pair): Promise<string[]> =>
  (await bitbucket.values(path, as)).map(({ slug }: { slug: string }) => slug).toSorted()

test('the API is under /2.0, and nothing else is there', async () => {
  const dana = await bitbucket.tokenFor()
  expect(await bitbucket.refusal(`${bitbucket.base}/user`, dana)).toEqual([403, 'Forbidden'])
  expect(await bitbucket.refusal('/nothing', dana)).toEqual([404, 'Resource not found'])
  expect(await bitbucket.refusal('/user', dana, { method: 'POST' })).toEqual([405, 'Method Not Allowed'])
  expect(await statusOf('/user/', dana)).toBe(200)
})

test('what listed across workspaces is gone, for anybody', async () => {
  const dana = await bitbucket.tokenFor()
  for (const path of [
    '/workspaces',
    '/repositories',
    '/user/permissions/workspaces',
    '/user/permissions/repositories',
  ]) {
    for (const as of [dana, undefined]) {
      const response = await bitbucket.api(`${path}?role=member`, as)
      const { error } = await response.json()
      expect([path, response.status, error.message]).toEqual([
        path,
        410,
        'CHANGE-2770 - Functionality has been deprecated',
      ])
      expect(error.data.announcement_url).toContain('#CHANGE-2770')
    }
  }
})

test('a person’s workspaces come without their names, which are at the workspace', async () => {
  const sam = await bitbucket.tokenFor(SAM)
  const answer = await (await bitbucket.api('/user/workspaces?sort=slug', sam)).json()
  expect(answer).toMatchObject({ pagelen: 25, size: 2, page: 1 })
  expect(answer.values).toMatchObject([
    { type: 'workspace_access', administrator: false, workspace: { type: 'workspace_base', slug: 'acme' } },
    { administrator: true, workspace: { slug: 'globex-labs' } },
  ])
  expect(answer.values[0].workspace).not.toHaveProperty('name')
  expect(await bitbucket.values('/user/workspaces?administrator=true', sam)).toHaveLength(1)
  expect(await statusOf('/user/workspaces?administrator=yes', sam)).toBe(400)
  expect(await (await bitbucket.api('/workspaces/acme', sam)).json()).toMatchObject({ name: 'Acme', is_private: true })
})

test('a workspace is found by its slug in any case, or by its UUID with the braces', async () => {
  const dana = await bitbucket.tokenFor()
  const { uuid } = await (await bitbucket.api('/workspaces/ACME', dana)).json()
  expect(await statusOf(`/workspaces/${encodeURIComponent(uuid)}`, dana)).toBe(200)
  expect(await statusOf(`/workspaces/${uuid.slice(1, -1)}`, dana)).toBe(404)
  expect(await statusOf(`/repositories/${encodeURIComponent(uuid)}`, dana)).toBe(200)
  expect(await statusOf('/workspaces/initech', dana)).toBe(404)
})

test('a workspace’s permissions are for its owners, and know it by its slug alone', async () => {
  const [dana, sam] = [await bitbucket.tokenFor(), await bitbucket.tokenFor(SAM)]
  const { uuid } = await (await bitbucket.api('/workspaces/acme', dana)).json()
  for (const path of ['permissions', 'permissions/repositories']) {
    expect(await statusOf(`/workspaces/acme/${path}`, dana)).toBe(200)
    expect(await statusOf(`/workspaces/${encodeURIComponent(uuid)}/${path}`, dana)).toBe(404)
    expect(await statusOf(`/workspaces/acme/${path}`, sam)).toBe(403)
  }
  const { values } = await (
    await bitbucket.api('/user/workspaces/acme/permissions/repositories?pagelen=100', sam)
  ).json()
  expect(
    values.map(({ permission, repository }: { permission: string; repository: { name: string } }) => [
      repository.name,
      permission,
    ]),
  ).toEqual([
    ['orders-mobile', 'write'],
    ['label-printer', 'admin'],
    ['shop-theme', 'read'],
    ['courier-portal', 'write'],
  ])
})

test('each person sees the repositories they were given, what is public, and an owner all', async () => {
  const seen = async (email: string, more = '') =>
    slugsOf(`/repositories/acme?pagelen=100${more}`, await bitbucket.tokenFor(email))
  expect(await seen(DANA)).toEqual([
    'courier-portal',
    'label-printer',
    'orders-mobile',
    'payroll-exports',
    'shop-theme',
  ])
  expect(await seen(SAM)).toEqual(['courier-portal', 'label-printer', 'orders-mobile', 'shop-theme'])
  expect(await seen(PRIYA)).toEqual(['label-printer', 'orders-mobile', 'shop-theme'])
  expect(await seen(LEE)).toEqual(['orders-mobile', 'shop-theme'])
  expect(await slugsOf('/repositories/acme')).toEqual(['shop-theme'])
  expect(await seen(LEE, '&role=member')).toEqual(['orders-mobile'])
  expect(await seen(SAM, '&role=admin')).toEqual(['label-printer'])
  expect(await seen(PRIYA, '&role=contributor')).toEqual(['orders-mobile', 'shop-theme'])
  expect(await statusOf('/repositories/acme?role=boss', await bitbucket.tokenFor())).toBe(400)
})

test('a private repository that somebody may not see is not there for them, down to its files', async () => {
  const sam = await bitbucket.tokenFor(SAM)
  for (const rest of ['', '/src', '/src/main/README.md', '/commits', '/refs/branches', '/pullrequests', '/hooks']) {
    const path = `/repositories/acme/payroll-exports${rest}`
    expect([path, await statusOf(path, sam)]).toEqual([path, 404])
  }
  expect(await bitbucket.values('/workspaces/acme/search/code?search_query=payroll', sam)).toEqual([])
})

test('a repository’s slug is compared without regard to case, and answered in lower case', async () => {
  const answer = await bitbucket.api('/repositories/Acme/Orders-Mobile', await bitbucket.tokenFor())
  expect(await answer.json()).toMatchObject({ slug: 'orders-mobile', full_name: 'acme/orders-mobile' })
})

test('rights change at once', async () => {
  const lee = await bitbucket.tokenFor(LEE)
  await bitbucket.set({ grant: { repository: 'acme/orders-mobile', account: LEE, permission: null } })
  expect(await statusOf('/repositories/acme/orders-mobile', lee)).toBe(404)
  await bitbucket.set({ member: { workspace: 'acme', account: LEE, role: null } })
  expect(await statusOf('/workspaces/acme', lee)).toBe(404)
  await bitbucket.set({ member: { workspace: 'acme', account: LEE, role: 'owner' } })
  expect(await statusOf('/repositories/acme/payroll-exports', lee)).toBe(200)
  await bitbucket.set({ removeRepository: 'acme/payroll-exports' })
  expect(await statusOf('/repositories/acme/payroll-exports', lee)).toBe(404)
})

test('a fault stands in for an answer', async () => {
  const dana = await bitbucket.tokenFor()
  await bitbucket.control.faults([{ path: '/bitbucket-api/2.0/repositories/*', status: 503, times: 1 }])
  expect([await statusOf('/repositories/acme', dana), await statusOf('/repositories/acme', dana)]).toEqual([503, 200])
})

test('the log names who asked and shows no token', async () => {
  const dana = await bitbucket.tokenFor()
  await bitbucket.api('/user', dana)
  const log = await bitbucket.control.log()
  expect(log).toMatchObject([{ provider: 'bitbucket', path: '/bitbucket-api/2.0/user', account: DANA, token: 'ATAT…' }])
  expect(JSON.stringify(log)).not.toContain(dana.token)
})
