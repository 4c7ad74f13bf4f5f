import { describe, expect, test } from 'vitest'
import { createApi } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { terraform } from '#lib/providers/terraform/provider.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'
import { terraformApi, terraformFixture, terraformReader } from '#tests/support/terraform-api.ts'

const [workspaces, runs, plans, states] = ['workspace', 'run', 'plan', 'state'].map(terraformReader)
if (!workspaces || !runs || !plans || !states) throw new Error('four kinds are read')

describe('what is made of an answer', () => {
  test('a workspace says how its present run stands, and nothing of what it holds', async () => {
    const { api } = await terraformApi(terraformFixture('workspace'))
    const home = api.base.replace('/api/v2', '')
    const read = await workspaces.read(api, '~lathe~spindle-production')
    expect(read).toMatchObject({
      id: 'ws-Spindle0001',
      title: 'spindle-production',
      url: `${home}/app/lathe/workspaces/spindle-production`,
      excerpt: 'Where the lathes run',
      body: { state: 'planned', isWaiting: true, added: 2, changed: 1, destroyed: 0, author: 'ines-b', locked: false },
    })
    expect(JSON.stringify(read)).not.toContain('142')
    expect((await workspaces.read(api, 'ws-Chuck000002')).body).toEqual({
      locked: true,
      execution: 'remote',
      version: '1.13.4',
    })
  })

  test('a run is told with who began it and by how much it changes things', async () => {
    const { api, received } = await terraformApi(terraformFixture('run'))
    const { items, nextCursor } = await runs.list(api, { parent: 'ws-Spindle0001' })
    expect(nextCursor).toBeUndefined()
    expect(items).toMatchObject([
      {
        id: 'run-Spindle0007',
        title: 'Slower chucks',
        container: 'spindle-production',
        containerId: 'ws-Spindle0001',
        body: { state: 'planned', author: 'ines-b', added: 2, changed: 1, destroyed: 0 },
      },
      { title: 'Queued by a script', body: { state: 'applied', author: 'an API token', destroyed: 3 } },
    ])
    expect(received.at(-1)?.query.get('include')).toBe('plan,created_by,workspace')
  })

  test('an organization’s runs have no last page: the next is asked for as long as one is named', async () => {
    const { api, received } = await terraformApi(terraformFixture('run'))
    const { items, nextCursor } = await runs.search(api, ' chucks ', {})
    expect(items.map(({ title, container }) => [title, container])).toEqual([
      ['Slower chucks', 'spindle-production'],
      ['run-Chuck0000001', 'chuck-staging'],
    ])
    expect(nextCursor).toBe('2')
    await runs.search(api, 'chucks', { cursor: '2' })
    const [first, second] = received.map(({ query }) => [query.get('search[basic]'), query.get('page[number]')])
    expect([first, second]).toEqual([
      ['chucks', '1'],
      ['chucks', '2'],
    ])
  })

  test('a run whose workspace did not come along is asked for it; one of another organization is not found', async () => {
    const { api } = await terraformApi(terraformFixture('run'))
    expect(await runs.read(api, 'run-Spindle0005')).toMatchObject({
      containerId: 'ws-Spindle0001',
      title: 'Told alone',
    })
    await expect(runs.read(api, 'run-Elsewhere01')).rejects.toMatchObject({ failure: 'not_found' })
    await expect(runs.list(api, { parent: 'ws-Elsewhere01' })).rejects.toMatchObject({ failure: 'not_found' })
  })

  test('a plan is its numbers, which are there once it is finished', async () => {
    const { api } = await terraformApi(terraformFixture('plan'))
    expect(await plans.read(api, 'run-Spindle0007')).toMatchObject({
      title: 'Plan: Slower chucks',
      parent: 'run-Spindle0007',
      containerId: 'ws-Spindle0001',
      body: { state: 'finished', added: 2, changed: 1, destroyed: 0, imported: 4 },
    })
    expect((await plans.read(api, 'run-Spindle0008')).body).not.toHaveProperty('added')
    expect((await plans.list(api, { parent: 'run-Spindle0007' })).items).toHaveLength(1)
    expect((await plans.list(api, {})).items).toEqual([])
  })

  test('a state is a number of resources, without what is only looked up; none while it is being counted', async () => {
    const { api } = await terraformApi(terraformFixture('state'))
    expect(await states.read(api, '~lathe~spindle-production')).toMatchObject({
      id: 'ws-Spindle0001',
      title: 'State of spindle-production',
      excerpt: '142 resources',
      body: { resources: 142 },
    })
    expect(await states.read(api, 'ws-Chuck000002')).toMatchObject({
      excerpt: expect.stringMatching(/still counting/),
      body: {},
    })
  })

  test('a state has a switch of its own, private, beside its workspace’s', async () => {
    const { api } = await terraformApi(terraformFixture('workspace'))
    const { containers } = terraform.sharing ?? {}
    const { items, nextCursor } = (await containers?.list?.(api, {})) ?? { items: [] }
    expect(items.map(({ kind, id, title, isPrivate }) => [kind, id, title, isPrivate ?? false])).toEqual([
      ['workspace', 'ws-Spindle0001', 'spindle-production', false],
      ['workspace', 'ws-Spindle0001.state', 'spindle-production (state)', true],
      ['workspace', 'ws-Chuck000002', 'chuck-staging', false],
      ['workspace', 'ws-Chuck000002.state', 'chuck-staging (state)', true],
    ])
    expect(nextCursor).toBe('2')
    expect(await containers?.read(api, 'ws-Spindle0001.state')).toMatchObject({
      isPrivate: true,
      within: ['ws-Spindle0001'],
    })
    expect((await containers?.read(api, 'ws-Spindle0001'))?.isPrivate).toBeUndefined()
    const { api: counted } = await terraformApi(terraformFixture('state'))
    expect(await states.read(counted, 'ws-Spindle0001')).toMatchObject({
      containerId: 'ws-Spindle0001.state',
      within: ['ws-Spindle0001'],
      isPrivate: true,
    })
  })

  test('no value, name of a value, address of a file or e-mail address comes along, and nobody asks for one', async () => {
    const all = Object.assign({}, ...['workspace', 'run', 'plan', 'state'].map((name) => terraformFixture(name)))
    const { api, received } = await terraformApi(all)
    const told = [
      await workspaces.list(api, {}),
      await workspaces.read(api, 'ws-Spindle0001'),
      await runs.list(api, { parent: 'ws-Spindle0001' }),
      await runs.read(api, 'run-Spindle0007'),
      await plans.read(api, 'run-Spindle0007'),
      await states.read(api, 'ws-Spindle0001'),
      await states.list(api, { parent: 'ws-Spindle0001' }),
    ]
    expect(JSON.stringify(all)).toMatch(/hunter2-state.*hunter2-output|hunter2-output.*hunter2-state/)
    expect(JSON.stringify(told)).not.toMatch(/hunter2|archivist|db_password|@lathe|@noreply/)
    const asked = received.map(({ path }) => path).join('\n')
    expect(asked).not.toMatch(/json-output|outputs|state-versions|vars|hosted/)
  })
})

const world = await newSandbox(terraformClient)
function connect(word = 'plugbrd', config: Config = { organization: 'acme' }): Api {
  const origins = { api: `${world.url}/terraform-api`, eu: `${world.url}/terraform-eu` }
  const { api: base, web = '' } = terraform.endpoints(origins, config)
  return createApi({ provider: terraform, grant: { token: standing(word) }, base, web, config })
}
const named = (items: readonly Resource[], title: string): Resource => {
  const found = items.find((one) => one.title === title)
  if (!found) throw new Error(`no ${title} among ${items.map((one) => one.title).join(', ')}`)
  return found
}
/** What a link of the sandbox's pages is as a link at Terraform. */
const matched = (kind: string, url: string) =>
  terraformReader(kind).match(
    new URL(
      url
        .replace(`${world.url}/terraform-api`, 'https://app.terraform.io')
        .replace(`${world.url}/terraform-eu`, 'https://app.eu.terraform.io'),
    ),
  )

describe('through the simulated Terraform', () => {
  test('one goes from a workspace to its runs, their plans and its state, and each link leads back to its thing', async () => {
    const api = connect()
    const workspace = named((await workspaces.list(api, {})).items, 'cluster-production')
    const { items } = await runs.list(api, { parent: workspace.id })
    const run = named(items, 'Twelve nodes at most')
    expect(run).toMatchObject({ containerId: workspace.id, body: { state: 'applying', changed: 1, author: 'sam-o' } })
    expect(await plans.read(api, run.id)).toMatchObject({ containerId: workspace.id, body: { state: 'finished' } })
    const [state] = (await states.list(api, { parent: workspace.id })).items
    expect(state?.body).toEqual({ resources: 4 })
    for (const [kind, reader, thing] of [
      ['workspace', workspaces, workspace],
      ['run', runs, run],
      ['state', states, state],
    ] as const) {
      const id = matched(kind, thing?.url ?? '') ?? ''
      expect(await reader.read(api, id)).toMatchObject({ kind, id: thing?.id, url: thing?.url })
      expect([kind, (await fetch(thing?.url ?? '')).status]).toEqual([kind, 200])
    }
  })

  test('words find workspaces by name and runs by what was said of them, in a workspace or everywhere', async () => {
    const api = connect()
    const found = (await workspaces.search(api, 'cluster', {})).items
    expect(found.map(({ title }) => title).sort()).toEqual(['cluster-production', 'cluster-staging'])
    const [parent] = found.filter(({ title }) => title === 'cluster-production').map(({ id }) => id)
    for (const at of [{}, { parent: parent ?? '' }])
      expect(named((await runs.search(api, 'Twelve nodes', at)).items, 'Twelve nodes at most').containerId).toBe(parent)
    expect((await workspaces.search(api, 'no such words', {})).items).toEqual([])
  })

  test('Europe’s links are Europe’s alone', async () => {
    const config = { organization: 'acme-eu', baseUrl: 'https://app.eu.terraform.io' }
    const api = connect('europe1', config)
    const [first] = (await workspaces.list(api, {})).items
    const id = matched('workspace', first?.url ?? '') ?? ''
    expect((await workspaces.read(api, id)).id).toBe(first?.id)
    await expect(workspaces.read(connect(), id)).rejects.toMatchObject({ failure: 'not_found' })
  })

  test('the token never goes to the host of logs, plans and states', async () => {
    const api = connect('adminty')
    const { items } = await workspaces.list(api, {})
    await world.control.clearLog()
    for (const { id } of items) {
      await world.control.clock(61)
      await workspaces.read(api, id)
      for (const run of (await runs.list(api, { parent: id })).items) await plans.read(api, run.id)
      await states.list(api, { parent: id })
    }
    const paths = (await world.control.log()).map(({ path }) => path)
    expect(paths.length).toBeGreaterThan(items.length)
    expect(paths.filter((path) => !path.startsWith('/terraform-api/api/v2/'))).toEqual([])
  })
})

describe('what the simulated Terraform refuses', () => {
  const hidden = { failure: 'setup', detail: 'hidden', status: 404 }

  test('what a team may not read is a 404 like what is not there, and is told as both', async () => {
    const payroll = await world.workspaceId('payroll-production')
    const api = connect()
    for (const asked of [
      workspaces.read(api, '~acme~payroll-production'),
      workspaces.read(api, payroll),
      runs.read(api, 'run-0'),
    ])
      await expect(asked).rejects.toMatchObject(hidden)
    const [first] = (await workspaces.list(connect('outputs'), {})).items
    await expect(states.read(connect('outputs'), first?.id ?? '')).rejects.toMatchObject(hidden)
    expect((await states.list(connect('outputs'), { parent: first?.id ?? '' })).items).toEqual([])
  })

  test('another organization that a person’s token opens as well stays out of this connection', async () => {
    const dana = connect('danakow')
    const [theirs] = (await workspaces.list(connect('danakow', { organization: 'globex' }), {})).items
    await expect(workspaces.read(dana, theirs?.id ?? '')).rejects.toMatchObject({ failure: 'not_found' })
    await expect(states.read(dana, theirs?.id ?? '')).rejects.toMatchObject({ failure: 'not_found' })
  })

  test('a token that ended reads expired, and too many lists of runs are a wait', async () => {
    await expect(workspaces.list(connect('expired'), {})).rejects.toMatchObject({ failure: 'expired', status: 401 })
    const api = connect()
    const [first] = (await workspaces.list(api, {})).items
    const lists = (length: number) =>
      Promise.all(Array.from({ length }, () => runs.search(api, 'x', {}).catch((error: unknown) => error)))
    await lists(20)
    await world.control.clock(2) // a new second, the same minute
    const told = await lists(11)
    const limited = { failure: 'rate_limited', status: 429, retryAt: expect.any(Date) }
    expect(told.filter((one) => one instanceof Error)).toMatchObject([limited])
    expect((await workspaces.read(api, first?.id ?? '')).id).toBe(first?.id)
  })
})
