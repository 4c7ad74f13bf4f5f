import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, type Thing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const terraform = await newSandbox(terraformClient)

const ADMIN = standing('adminty')
const READS = standing('plugbrd')
const OPERATIONS = 'filter%5Boperation%5D'
const messages = (things: readonly Thing[]) => things.map(({ attributes }) => attributes.message)
const runsAt = async (name: string, query = '', token = ADMIN) =>
  terraform.list(`/workspaces/${await terraform.workspaceId(name)}/runs${query}`, token)
const newestOf = async (name: string) => {
  const [newest] = (await runsAt(name)).data
  if (!newest) throw new Error(`${name} has no run`)
  return newest
}
const planOf = ({ relationships }: Thing) => relationships.plan?.data?.id ?? ''
const archived = async (address: unknown, headers: Record<string, string> = {}) => fetch(String(address), { headers })

test('workspaces are found by part of a name, a pattern, tags, project and the state of their run', async () => {
  const found = async (query: string) =>
    (await terraform.list(`/organizations/acme/workspaces?${query}`, ADMIN)).data.map(
      ({ attributes }) => attributes.name,
    )
  expect(await found('search%5Bname%5D=CLUSTER')).toEqual(['cluster-production', 'cluster-staging'])
  expect(await found('search%5Bwildcard-name%5D=*-staging')).toEqual(['cluster-staging', 'network-staging'])
  expect(await found('search%5Bwildcard-name%5D=cluster')).toEqual([])
  expect(await found('search%5Btags%5D=production,kubernetes')).toEqual(['cluster-production'])
  expect(await found('filter%5Bcurrent-run%5D%5Bstatus%5D=applying')).toEqual(['cluster-production'])
  const projects = await terraform.list('/organizations/acme/projects', ADMIN)
  const platform = projects.data.find(({ attributes }) => attributes.name === 'Platform')
  expect(await found(`filter%5Bproject%5D%5Bid%5D=${platform?.id}`)).toHaveLength(5)
  expect(projects.data.map(({ attributes }) => attributes.name)).not.toContain('Payroll')
})

test('workspaces are in the order that is asked for, by name if none is', async () => {
  const first = async (query: string) =>
    (await terraform.list(`/organizations/acme/workspaces${query}`, ADMIN)).data[0]?.attributes.name
  expect([await first(''), await first('?sort=-name')]).toEqual(['cluster-production', 'web-cdn'])
  expect([await first('?sort=-latest-change-at'), await first('?sort=latest-change-at')]).toEqual([
    'web-cdn',
    'legacy-dns',
  ])
  expect(await first('?sort=-current-run.created-at')).toBe('cluster-production')
})

test('a workspace is the same by its id and by its name, and after it was renamed by its id', async () => {
  const id = await terraform.workspaceId('web-cdn')
  const { data } = await terraform.show(`/workspaces/${id}`, READS)
  expect(data.attributes).toMatchObject({ name: 'web-cdn', 'resource-count': 2, locked: false })
  expect(data.links).toMatchObject({ 'self-html': '/app/acme/workspaces/web-cdn' })
  await terraform.set({ workspaces: [{ name: 'web-cdn', renamedTo: 'shop-cdn' }] })
  expect((await terraform.show(`/workspaces/${id}`, READS)).data.attributes.name).toBe('shop-cdn')
  expect(await terraform.statusOf('/organizations/acme/workspaces/web-cdn', READS)).toBe(404)
})

test('runs come newest first, and those that only plan to who asks for them', async () => {
  const usual = messages((await runsAt('network-production')).data)
  expect(usual).toEqual([
    'Open the metrics port to the collectors',
    'A third availability zone',
    'Networks, clusters and databases as code',
  ])
  const all = await runsAt('network-production', `?${OPERATIONS}=plan_and_apply,plan_only`)
  expect(messages(all.data)).toContain('Check the drift of route tables')
  expect(messages((await runsAt('network-production', `?${OPERATIONS}=plan_only`)).data)).toHaveLength(1)
})

test('runs are found by state, by group of states, by person and by words', async () => {
  const found = async (query: string) => messages((await runsAt('cluster-production', `?${query}`)).data)
  expect(await found('filter%5Bstatus%5D=errored,canceled')).toEqual(['Kubernetes 1.33', 'Kubernetes 1.33, first try'])
  expect(await found('filter%5Bstatus_group%5D=non_final')).toEqual(['Twelve nodes at most'])
  expect(await found('filter%5Bstatus_group%5D=final')).toHaveLength(3)
  expect(await found('search%5Buser%5D=sam-o')).toEqual(['Twelve nodes at most', 'Bigger nodes'])
  expect(await found('search%5Bbasic%5D=KUBERNETES')).toHaveLength(2)
})

test('the runs of an organization are those of the last year that the token may read', async () => {
  const of = async (query: string) => messages((await terraform.list(`/organizations/acme/runs${query}`, READS)).data)
  const usual = await of('')
  expect(usual[0]).toBe('Twelve nodes at most')
  expect(usual).not.toContain('One zone less')
  expect(usual).not.toContain('Encrypt payslips anew')
  const year = new Date(Date.now() - 380 * 86_400_000).getUTCFullYear()
  expect(await of(`?filter%5Btimeframe%5D=${year}`)).toContain('One zone less')
  expect(await of('?filter%5Bworkspace_names%5D=web-cdn')).toEqual(['Cache pictures for a month', 'Nothing new'])
})

test('a run brings its plan along when that is asked for, and nothing unknown', async () => {
  const { id } = await newestOf('network-production')
  const { data, included } = await terraform.show(`/runs/${id}?include=plan`, READS)
  expect(included).toMatchObject([
    { id: planOf(data), type: 'plans', attributes: { status: 'finished', 'resource-changes': 2 } },
  ])
  expect(data.attributes).toMatchObject({ status: 'planned', 'has-changes': true, source: 'tfe-configuration-version' })
  const { included: people } = await terraform.show(`/runs/${id}?include=created_by`, READS)
  expect(people).toMatchObject([{ type: 'users', id: data.relationships['created-by']?.data?.id }])
  expect(people?.[0]?.attributes).not.toHaveProperty('email')
  expect(await terraform.statusOf(`/runs/${id}?include=plans`, READS)).toBe(400)
  const list = await terraform.list('/organizations/acme/workspaces?include=current_run', READS)
  expect(list.included?.every(({ type }) => type === 'runs')).toBe(true)
  const hidden = await terraform.list('/organizations/acme/workspaces?include=current_run', standing('orgwide'))
  expect(hidden.included).toEqual([])
})

test('a plan and an apply say how far they are', async () => {
  const stateOf = async (status: string) => {
    const made = await terraform.set({ runs: [{ workspace: 'cluster-staging', status, additions: 2 }] })
    const [{ id }] = made.runs as [{ id: string }] // control's own answer
    const { included = [] } = await terraform.show(`/runs/${id}?include=plan,apply`, READS)
    return included.map(({ attributes }) => [attributes.status, attributes['resource-additions']])
  }
  expect(await stateOf('pending')).toEqual([
    ['pending', 0],
    ['pending', 0],
  ])
  expect(await stateOf('planning')).toEqual([
    ['running', 0],
    ['pending', 0],
  ])
  expect(await stateOf('applying')).toEqual([
    ['finished', 2],
    ['running', 0],
  ])
  expect(await stateOf('applied')).toEqual([
    ['finished', 2],
    ['finished', 2],
  ])
  expect(await stateOf('errored')).toEqual([
    ['finished', 2],
    ['errored', 0],
  ])
  expect(await stateOf('discarded')).toEqual([
    ['finished', 2],
    ['unreachable', 0],
  ])
})

test('the log of a plan is there without a token for 25 hours, and the log shows who sends one', async () => {
  const { data } = await terraform.show(`/plans/${planOf(await newestOf('network-production'))}`, READS)
  const address = data.attributes['log-read-url']
  expect(await (await archived(address)).text()).toContain('Plan: 0 to add, 2 to change, 0 to destroy.')
  await archived(address, { authorization: `Bearer ${READS}` })
  const log = (await terraform.control.log()).filter(({ origin }) => origin === '/terraform-files')
  expect(log.map(({ headers }) => headers)).toEqual([undefined, ['authorization']])
  await terraform.control.clock(24 * 3600)
  expect((await archived(address)).status).toBe(200)
  await terraform.control.clock(2 * 3600)
  expect((await archived(address)).status).toBe(404)
})

test('the JSON of a plan is a redirect that is good for a minute', async () => {
  const run = await newestOf('network-production')
  for (const path of [`/plans/${planOf(run)}/json-output`, `/runs/${run.id}/plan/json-output`]) {
    const answer = await terraform.api(path, ADMIN)
    const address = answer.headers.get('location') ?? ''
    expect([answer.status, new URL(address).pathname.split('/')[1]]).toEqual([307, 'terraform-files'])
    expect(await (await archived(address)).json()).toMatchObject({ resource_changes: [{ mode: 'managed' }, {}] })
    await terraform.control.clock(61)
    expect((await archived(address)).status).toBe(404)
  }
})

test('the JSON of a plan is for admins, after the plan, and not from before Terraform 0.12', async () => {
  const at = async (name: string, token: string) =>
    terraform.statusOf(`/plans/${planOf(await newestOf(name))}/json-output`, token)
  expect(await at('network-production', READS)).toBe(404)
  expect(await at('network-production', standing('danakow'))).toBe(307)
  await terraform.set({ runs: [{ workspace: 'network-staging', status: 'planning' }] })
  expect([await at('network-staging', ADMIN), await at('legacy-dns', ADMIN)]).toEqual([204, 422])
})
