// What a provider granted and what then did not prove itself: it is not kept, and it does not live on there either.
import { expect, test } from 'vitest'
import { disconnect } from '#lib/connections/disconnect.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

// Every test here leaves no connection behind: whether somebody may live on the same account decides what is asked.
const sandbox = withSandbox()

const endings = async () =>
  (await sandbox.control.log()).flatMap(({ method, path, status }) =>
    method === 'DELETE' || path.endsWith('/revoke') ? [[path.split('/').at(-1), status]] : [],
  )
const refusedAt = (status: number) => sandbox.control.faults([{ provider: 'github', path: '/github-api/user', status }])
const works = ({ owner }: TestOrganization, id: string) =>
  withConnection(owner.actor, id, async (api, { provider }) => (await provider.identify(api, { token: '' })).label)

test.for([
  { status: 401, kind: 'probe_refused' },
  { status: 403, kind: 'no_access' },
])(
  'a grant that GitHub then answers with $status is ended there, whole, where nobody else uses GitHub',
  async ({ status, kind }) => {
    await refusedAt(status)
    const { attempt, connection } = await connect((await newOrganization()).owner)
    expect([attempt.status, attempt.problem?.kind, connection]).toEqual(['failed', kind, null])
    expect(await endings()).toEqual([['grant', 204]])
  },
)

test('where somebody may live on the same account, its token alone is ended, and theirs works on', async () => {
  const other = await newOrganization()
  const { connection } = await connect(other.owner)
  await refusedAt(403)
  const { attempt } = await connect((await newOrganization()).owner)
  await sandbox.control.clearFaults()
  expect(attempt.problem?.kind).toBe('no_access')
  expect(await endings()).toEqual([['token', 204]])
  const id = connection?.id ?? ''
  expect(await works(other, id)).toMatch(/^@/)
  await disconnect(other.owner.actor, id)
})

test('Notion is asked to end what may not read there, unless another connection may live on it', async () => {
  const consent = { provider: 'notion', slot: 'organization', account: 'dana@acme' } as const // as const: a slot's name
  const [org, other] = [await newOrganization(), await newOrganization()]
  const { connection } = await connect(other.owner, consent)
  await sandbox.control.set({ provider: 'notion', capabilities: { content: false } })
  expect((await connect(org.owner, consent)).attempt.problem?.kind).toBe('no_access')
  expect(await endings()).toEqual([])
  await disconnect(other.owner.actor, connection?.id ?? '')
  await sandbox.control.clearLog()
  expect((await connect(org.owner, consent)).attempt.problem?.kind).toBe('no_access')
  expect(await endings()).toEqual([['revoke', 200]])
})

test('Google is asked to end what its switched-off API does not take', async () => {
  await sandbox.control.set({ provider: 'google-docs', disabledApis: ['drive'] })
  const consent = { provider: 'google-docs', slot: 'user', account: 'dana@acme.example' } as const // as const: a slot's name
  const { attempt } = await connect((await newOrganization()).owner, consent)
  expect(attempt.problem).toMatchObject({ kind: 'probe_refused', code: 'api_off' })
  expect(await endings()).toEqual([['revoke', 200]])
})
