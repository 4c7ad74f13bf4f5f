import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const terraform = await newSandbox(terraformClient)

const READS = standing('plugbrd')
const SECRET = 'sandbox-not-a-real-password'
const at = async (name: string, end: string) => `/workspaces/${await terraform.workspaceId(name)}/${end}`
const statesOf = (workspace?: string, organization?: string) => {
  const query = new URLSearchParams()
  if (workspace !== undefined) query.set('filter[workspace][name]', workspace)
  if (organization !== undefined) query.set('filter[organization][name]', organization)
  return `/state-versions?${query}`
}

test('a state tells how many of what there are, and where the whole of it is', async () => {
  const { data } = await terraform.show(await at('network-production', 'current-state-version'), READS)
  expect(data.attributes).toMatchObject({
    serial: 2,
    'resources-processed': true,
    modules: { network: { 'aws-vpc': 1, 'aws-subnet': 3 }, root: { 'data.aws-availability-zones': 1 } },
    providers: { 'provider["registry.terraform.io/hashicorp/aws"]': { 'aws-subnet': 3 } },
  })
  expect(JSON.stringify(data)).not.toContain(SECRET)
})

test('the file of a state has its secrets in clear, for whoever has the address, for 25 hours', async () => {
  const { data } = await terraform.show(await at('cluster-production', 'current-state-version'), READS)
  const address = String(data.attributes['hosted-state-download-url'])
  expect(await (await fetch(address)).text()).toContain(SECRET)
  await terraform.control.clock(25 * 3600 + 1)
  expect((await fetch(address)).status).toBe(404)
})

test('a workspace where nothing was applied has no state', async () => {
  for (const end of ['current-state-version', 'current-state-version-outputs']) {
    expect([end, await terraform.statusOf(await at('lee-playground', end), READS)]).toEqual([end, 404])
  }
  expect((await terraform.list(await at('lee-playground', 'resources'), READS)).data).toEqual([])
  const { data } = await terraform.show('/organizations/acme/workspaces/lee-playground', READS)
  expect(data.attributes['resource-count']).toBe(0)
  expect(data.relationships['current-state-version']).toEqual({ data: null })
})

test('the history of states wants both names', async () => {
  const both = await terraform.list(statesOf('network-production', 'acme'), READS)
  expect(both.data.map(({ attributes }) => attributes.serial)).toEqual([2, 1])
  for (const path of [
    statesOf(),
    statesOf('network-production'),
    statesOf(undefined, 'acme'),
    statesOf('payroll-production', 'acme'),
  ]) {
    expect([path, await terraform.statusOf(path, READS)]).toEqual([path, 404])
  }
  const [newest] = both.data
  expect((await terraform.show(`/state-versions/${newest?.id}`, READS)).data.id).toBe(newest?.id)
})

test('outputs are shown but for the sensitive ones, whose value is null', async () => {
  const { data } = await terraform.list(await at('cluster-production', 'current-state-version-outputs'), READS)
  expect(data.map(({ attributes }) => attributes)).toEqual([
    {
      name: 'endpoint',
      sensitive: false,
      type: 'string',
      value: 'https://cluster.acme.example',
      'detailed-type': 'string',
    },
    { name: 'admin_token', sensitive: true, type: 'string', value: null, 'detailed-type': 'string' },
  ])
})

test('while a state is being read its lists are empty and its outputs are to be asked for again', async () => {
  await terraform.set({ workspaces: [{ name: 'network-production', isProcessed: false }] })
  const { data } = await terraform.show(await at('network-production', 'current-state-version'), READS)
  expect(data.attributes).toMatchObject({ 'resources-processed': false, resources: [], modules: {}, providers: {} })
  expect((await terraform.list(await at('network-production', 'resources'), READS)).data).toEqual([])
  const outputs = await at('network-production', 'current-state-version-outputs')
  expect(await terraform.statusOf(outputs, READS)).toBe(503)
  await terraform.set({ workspaces: [{ name: 'network-production', isProcessed: true }] })
  expect(await terraform.statusOf(outputs, READS)).toBe(200)
})

test('resources are listed one by one, without data sources', async () => {
  const { data } = await terraform.list(await at('network-production', 'resources'), READS)
  const addresses = data.map(({ attributes }) => attributes.address)
  expect(addresses).toHaveLength(7)
  expect(addresses.slice(0, 2)).toEqual(['module.network.aws_vpc.this', 'module.network.aws_subnet.private[0]'])
})

test('a run that is applied writes the next state', async () => {
  const made = await terraform.set({ runs: [{ workspace: 'network-staging', status: 'applying' }] })
  const [{ id }] = made.runs as [{ id: string }] // control's own answer
  const serial = async () =>
    (await terraform.show(await at('network-staging', 'current-state-version'), READS)).data.attributes.serial
  expect(await serial()).toBe(1)
  await terraform.set({ runs: [{ id, status: 'applied' }] })
  expect(await serial()).toBe(2)
})
