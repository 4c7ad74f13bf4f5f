// GitHub for the organization by a personal access token that somebody made: what it may do is read back and said.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf } from '#tests/support/plant.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()

const NEW = { provider: 'github', slot: 'organization', method: 'pat' } as const // as const: a union of words
const make = async (pat: Record<string, unknown>): Promise<string> =>
  String((await sandbox.control.set({ provider: 'github', makePat: { account: 'dana-k', ...pat } })).token)
const paste = (by: TestPerson, token: string, more: Record<string, unknown> = {}, realtime = 'off') =>
  by.post(by.at('connections'), { ...NEW, fields: { token, realtime }, ...more })

test('T-PAT-1: a classic token with `repo` is enough, also with real-time updates; its end is read back', async () => {
  const dana = await person()
  const token = await make({ scopes: ['repo'], expiresAt: '2027-03-04T05:06:07Z' })
  const { status, body } = await paste(dana, token, {}, 'on')
  expect(status).toBe(201)
  expect(body).toMatchObject({
    status: 'connected',
    method: 'pat',
    account: { label: '@dana-k' },
    scopes: { requested: ['repo', 'admin:repo_hook'], granted: ['repo'], missing: [] },
    credential: { type: 'pat', endsWith: token.slice(-4) },
    expiresAt: '2027-03-04T05:06:07.000Z',
  })
  for (const text of await everythingOf(dana.org.id)) expect(text).not.toContain(token)
})

test('T-PAT-1: real-time updates turn on the permission for webhooks; a token without it is told what it lacks', async () => {
  const dana = await person()
  const token = await make({ scopes: ['public_repo'] })
  const { status, body } = await paste(dana, token, {}, 'on')
  expect([status, body]).toMatchObject([
    422,
    { type: '/problems/permission-missing', missing: ['repo', 'admin:repo_hook'], required: ['admin:repo_hook'] },
  ])
  const off = await paste(dana, token)
  expect(off.body).toMatchObject({ missing: ['repo'], required: [], anyway: true })
})

test('T-PAT-5: a token that can do more than is needed is stored, and each thing it could do is said', async () => {
  const dana = await person()
  const token = await make({ scopes: ['repo', 'delete_repo', 'admin:org'] })
  const headers = { cookie: dana.cookie, 'x-forwarded-for': dana.ip, accept: 'application/x-ndjson' }
  const body = { ...NEW, fields: { token } }
  const lines = await (await dispatch(ownRequest('POST', dana.at('connections'), { headers, body }))).text()
  const last = JSON.parse(lines.trim().split('\n').at(-1) ?? '')
  expect(last).toMatchObject({
    connection: { status: 'connected', scopes: { extra: expect.arrayContaining(['delete_repo', 'admin:org']) } },
  })
  expect(last.warnings.toSorted()).toEqual([
    'This token can also delete repositories (delete_repo). A narrower token is safer.',
    'This token can also manage organizations, their teams and members (admin:org). A narrower token is safer.',
  ])
})

test('a fine-grained token is judged by what it reads: with all of it connected, else by name of what is missing', async () => {
  const dana = await person()
  const all = { metadata: 'read', contents: 'read', issues: 'read', pull_requests: 'read' }
  const fine = (permissions: Record<string, string>) => make({ fineGrained: { resourceOwner: 'acme', permissions } })
  const { contents: _, ...rest } = all
  const refused = await paste(dana, await fine(rest))
  expect([refused.status, refused.body]).toMatchObject([
    422,
    {
      missing: ['repo'],
      steps: expect.arrayContaining([{ label: 'Can read files', state: 'failed', detail: 'missing repo' }]),
    },
  ])
  expect((await paste(dana, await fine(all))).body).toMatchObject({ status: 'connected', scopes: { missing: [] } })
})

test('leaving asks nothing of GitHub: a token that somebody made is theirs to delete, and they are told where', async () => {
  const dana = await person()
  const { body } = await paste(dana, await make({ scopes: ['repo'] }))
  const { id } = ConnectionView.parse(body)
  await sandbox.control.clearLog()
  const left = await dana.delete(dana.at(`connections/${id}`))
  expect(left.body).toMatchObject({
    revocation: 'not_offered',
    detail: 'Token deleted here. It works elsewhere until you revoke it at github.com/settings/tokens.',
  })
  expect((await sandbox.control.log()).filter(({ method }) => method !== 'GET')).toEqual([])
})
