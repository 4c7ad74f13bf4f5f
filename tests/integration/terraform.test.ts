// Terraform for everyone through one pasted token: found, pasted, allowed, and nothing of its values in anything that is told or kept.
import { afterEach, expect, test, vi } from 'vitest'
import { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { log } from '#lib/platform/log.ts'
import { ResourceList, SearchAnswer, SwitchList } from '#lib/resources/schema.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { cardsOf, newBoard, onlyCard, paste } from '#tests/support/boards.ts'
import { member, person, type TestPerson } from '#tests/support/people.ts'
import { everythingOf } from '#tests/support/plant.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const terraform = terraformClient(sandbox.url)
afterEach(() => {
  vi.restoreAllMocks()
  log.level = 'silent'
})

const put = (by: TestPerson, fields: Record<string, string>) =>
  by.post(by.at('connections'), { provider: 'terraform', slot: 'organization', method: 'api_key', fields })

async function connected(word = 'plugbrd', organization = 'acme'): Promise<{ dana: TestPerson; id: string }> {
  const dana = await person('Dana')
  const { body } = await put(dana, { organization, token: standing(word) })
  const view = ConnectionView.parse(body)
  expect(view).toMatchObject({ status: 'connected', signal: 'green', account: { label: organization } })
  return { dana, id: view.id }
}

const list = async (by: TestPerson, id: string, query: string) =>
  (await by.get(by.at(`connections/${id}/resources?${query}`), ResourceList)).body.items
const workspace = async (by: TestPerson, id: string, name = 'cluster-production') => {
  const found = (await list(by, id, 'kind=workspace')).find(({ title }) => title === name)
  if (!found) throw new Error(`there is no ${name}`)
  return found
}
const turn = (by: TestPerson, id: string, of: string, onBoards: boolean) =>
  by.patch(by.at(`connections/${id}/resources/workspace/${of}`), { onBoards })
const detailOf = ({ body }: { body: unknown }): string => (body as { detail: string }).detail

test('T-PAL-6 Terraform’s addresses: workspace and run, which another member sees as well; a state once it is allowed', async () => {
  const { dana, id } = await connected()
  const priya = await member(dana, 'member', 'Priya')
  const { id: of } = await workspace(dana, id)
  const [run] = await list(dana, id, `kind=run&parent=${of}`)
  const at = 'https://app.terraform.io/app/acme'
  const resource = { kind: 'workspace', title: 'cluster-production', looks: 'run' }
  const running = { kind: 'run', title: run?.title, container: 'cluster-production' }
  const shown = [
    [`${at}/workspaces/cluster-production`, resource],
    [`${sandbox.url}/terraform-api/app/acme/workspaces/cluster-production?x=1`, resource],
    [run?.url ?? '', running],
    [`${at}/cluster-production/runs/${run?.id}`, running],
  ] as const // as const: pairs
  for (const [url, seen] of shown) {
    const board = await newBoard(dana)
    expect((await paste(dana, board, url)).status).toBe(201)
    for (const by of [dana, priya])
      expect((await cardsOf(by, board))[0]).toMatchObject({ state: 'live', resource: seen })
  }
  const state = `${at}/workspaces/cluster-production/states`
  expect(detailOf(await paste(priya, await newBoard(priya), state))).toBe(
    "This state isn't available on boards. Ask Dana to allow it.",
  )
  expect((await turn(priya, id, `${of}.state`, true)).status).toBe(403)
  expect((await turn(dana, id, `${of}.state`, true)).status).toBe(200)
  const board = await newBoard(priya)
  expect((await paste(priya, board, state)).status).toBe(201)
  const counted = { kind: 'state', title: 'State of cluster-production', body: { resources: 4 } }
  expect(await cardsOf(priya, board)).toMatchObject([{ state: 'live', resource: counted }])
  await turn(dana, id, of, false) // what is inside goes with it, whatever its own switch says
  expect(await cardsOf(priya, board)).toMatchObject([{ state: 'not_shared' }])
})

test('each state has a switch beside its workspace’s, off until somebody turns it on', async () => {
  const { dana, id } = await connected()
  const items = await list(dana, id, 'kind=workspace&switches=1')
  const of = (name: string) => items.find(({ title }) => title === name)
  expect(of('cluster-production')).toMatchObject({ onBoards: true })
  expect(of('cluster-production')).not.toHaveProperty('audience')
  expect(of('cluster-production (state)')).toMatchObject({
    onBoards: false,
    isPrivate: true,
    audience: 'see how many resources are in cluster-production (state).',
  })
  const listed = of('cluster-production (state)')
  const { body: read } = await dana.get(dana.at(`connections/${id}/resources/workspace/${listed?.id}`))
  expect(read).toMatchObject({ type: '/problems/not-found' })
  await turn(dana, id, String(listed?.id), true)
  const { body: on } = await dana.get(dana.at(`connections/${id}/resources/workspace/${listed?.id}`))
  expect(on).toMatchObject({ kind: 'workspace', id: listed?.id, title: 'cluster-production (state)' })
  expect((await list(dana, id, 'kind=workspace')).map(({ title }) => title)).not.toContain('cluster-production (state)')
})

test('a state is not turned on while its workspace is off, which is told; both at once are, whatever their order', async () => {
  const { dana, id } = await connected()
  const { id: of } = await workspace(dana, id)
  const shown = async () => {
    const items = await list(dana, id, 'kind=workspace&switches=1')
    return items.filter((one) => one.id.startsWith(of)).map(({ onBoards }) => onBoards)
  }
  await turn(dana, id, of, false)
  const early = await turn(dana, id, `${of}.state`, true)
  expect([early.status, detailOf(early)]).toEqual([403, 'What it is in is off. Turn that on first.'])
  expect(await shown()).toEqual([false, false])
  const named = await turn(dana, id, `${of}.state`, true)
  expect(detailOf(named)).toBe('cluster-production is off. Turn that on first.')
  const path = dana.at(`connections/${id}/resources`)
  const both = await dana.patch(path, { kind: 'workspace', ids: [`${of}.state`, of], onBoards: true }, SwitchList)
  expect(both.body.refused).toEqual([])
  expect(await shown()).toEqual([true, true])
})

test('a workspace that is switched by its name in a link is switched by its id: its cards show nothing then', async () => {
  const { dana, id } = await connected()
  const { id: of } = await workspace(dana, id)
  const board = await newBoard(dana)
  await paste(dana, board, 'https://app.terraform.io/app/acme/workspaces/cluster-production')
  const { status, body } = await turn(dana, id, '~acme~cluster-production', false)
  expect([status, body]).toEqual([200, { kind: 'workspace', id: of, onBoards: false }])
  expect(await cardsOf(dana, board)).toMatchObject([{ state: 'not_shared' }])
})

test('while Terraform is silent a workspace is switched off by its own id alone: by another it would be said and not be so', async () => {
  const { dana, id } = await connected()
  const { id: of } = await workspace(dana, id)
  await sandbox.control.faults([{ provider: 'terraform', path: '/**', status: 503, times: 50 }])
  const named = await turn(dana, id, '~acme~cluster-production', false)
  expect([named.status, detailOf(named)]).toEqual([502, 'Terraform is not answering. Try again in a moment.'])
  for (const own of [of, `${of}.state`])
    expect((await turn(dana, id, own, false)).body).toMatchObject({ id: own, onBoards: false })
})

test('what is typed finds workspaces; inside the source runs by what was said of them, too', async () => {
  const { dana } = await connected()
  const found = async (query: string) =>
    (await dana.get(dana.at(`search?${query}`), SearchAnswer)).body.sources.flatMap(({ provider, items }) =>
      provider === 'terraform' ? items.map(({ kind, title }) => `${kind}: ${title}`) : [],
    )
  expect(await found('q=cluster')).toEqual(expect.arrayContaining(['workspace: cluster-production']))
  expect(await found('q=Twelve')).toEqual([])
  expect(await found('q=Twelve&provider=terraform')).toEqual(['run: Twelve nodes at most'])
})

test('an organization’s token is explained, and so is an organization that is not shown; nothing is kept', async () => {
  const dana = await person('Dana')
  const refused = async (fields: Record<string, string>) => {
    const { status, body } = await put(dana, fields)
    expect(status).toBe(422)
    return body as { errors: { pointer: string; detail: string }[] } // members of ours (RFC 9457)
  }
  const ofOrganization = await refused({ organization: 'acme', token: standing('orgwide') })
  expect(ofOrganization.errors).toMatchObject([
    {
      pointer: '/fields/token',
      detail: expect.stringMatching(/^This is an organization token: .*can’t read runs or plans/),
    },
  ])
  const hidden = await refused({ organization: 'globex', token: standing('plugbrd') })
  expect(hidden.errors).toMatchObject([
    { pointer: '/fields/organization', detail: expect.stringMatching(/answers alike/) },
  ])
  for (const word of ['expired', 'auditor'])
    expect((await refused({ organization: 'acme', token: standing(word) })).errors).toMatchObject([
      { pointer: '/fields/token', detail: expect.stringMatching(/^Terraform didn't accept this key/) },
    ])
  expect((await dana.get(dana.at('connections'))).body).toMatchObject({ items: [] })
})

test('Europe is asked in Europe: its hostname is no address of one’s own', async () => {
  const dana = await person('Dana')
  const address = { organization: ' “https://app.eu.terraform.io/app/acme-eu” ', token: standing('europe1') }
  expect(await put(dana, address)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/fields/baseUrl' }] } })
  const view = ConnectionView.parse((await put(dana, { ...address, baseUrl: 'app.eu.terraform.io' })).body)
  expect(view).toMatchObject({ status: 'connected', account: { label: 'acme-eu' } })
  const [first] = await list(dana, view.id, 'kind=workspace')
  const board = await newBoard(dana)
  const url = `https://app.eu.terraform.io/app/acme-eu/workspaces/${first?.title}`
  expect((await paste(dana, board, url)).status).toBe(201)
  expect(await cardsOf(dana, board)).toMatchObject([{ state: 'live', resource: { id: first?.id } }])

  const page = 'app.eu.terraform.io/app/settings/tokens'
  const { body } = await dana.get(dana.at('integrations/terraform'), ProviderView)
  expect([body.leave.by, body.slots[0]?.methods[0]?.makeAt]).toEqual([`https://${page}`, `https://${page}`])
  const left = await dana.delete(dana.at(`connections/${view.id}`))
  expect(detailOf(left)).toBe(`Key deleted here. It works elsewhere until you revoke it at ${page}.`)
  const activity = await dana.get(dana.at('integrations/terraform/activity'))
  expect(JSON.stringify(activity.body)).toContain(page)
})

test('a hostname inside the network is refused before anything is sent; what is typed is not repeated', async () => {
  const dana = await person('Dana')
  for (const baseUrl of ['169.254.169.254', '10.0.0.7', 'http://tfe.acme.example']) {
    const { status, body } = await put(dana, { organization: 'acme', token: standing('plugbrd'), baseUrl })
    expect([baseUrl, status]).toEqual([baseUrl, 422])
    expect(body).toMatchObject({
      errors: [{ pointer: '/fields/baseUrl', detail: expect.stringMatching(/on the public internet/) }],
    })
    expect(JSON.stringify(body)).not.toContain('plugbrd')
  }
})

test('a token without the right to states is told so, and what it may not read says both that it could mean', async () => {
  const dana = await person('Dana')
  const { status, body } = await put(dana, { organization: 'acme', token: standing('outputs') })
  expect([status, detailOf({ body })]).toEqual([422, expect.stringContaining('State versions: Read')])

  const { dana: sam, id } = await connected()
  const { id: of } = await workspace(sam, id)
  const board = await newBoard(sam)
  await paste(sam, board, 'https://app.terraform.io/app/acme/workspaces/cluster-production')
  expect((await onlyCard(sam, board)).state).toBe('live')
  const path = `/terraform-api/api/v2/**`
  const missing = { errors: [{ status: '404', title: 'not found' }] }
  await sandbox.control.faults([{ provider: 'terraform', path, status: 404, body: missing }])
  const read = await sam.get(sam.at(`connections/${id}/resources/workspace/${of}`))
  expect(detailOf(read)).toBe(
    'Terraform says “not found”: Plugboard’s token may not read this, or it no longer exists.',
  )
  const seen = await sam.get(sam.at(`boards/${board}/cards?fresh=1`))
  expect(JSON.stringify(seen.body)).not.toContain('was deleted')
})

/** Every word in a state, a plan and outputs that could be somebody's secret. */
const wordsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(wordsIn) : []

test('no value of a state, a plan or an output is in any answer, log line or row', async () => {
  const printed: string[] = []
  const given: string[] = []
  log.level = 'trace'
  vi.spyOn(process.stdout, 'write').mockImplementation((part) => printed.push(String(part)) > 0)
  const admin = standing('adminty')
  const { dana, id } = await connected('adminty')
  const ask = async (path: string) => given.push(JSON.stringify((await dana.get(dana.at(path))).body))

  const secrets = new Set<string>()
  for (const one of await list(dana, id, 'kind=workspace')) {
    await terraform.control.clock(61)
    const at = `/workspaces/${one.id}`
    const { data } = await terraform.show(`${at}/current-state-version`, admin)
    for (const name of ['hosted-state-download-url', 'hosted-json-state-download-url']) {
      const address = data?.attributes[name]
      if (typeof address !== 'string') continue
      secrets.add(address)
      const file = await (await fetch(address)).json()
      for (const { instances = [] } of file.resources ?? [])
        for (const { attributes } of instances) for (const word of wordsIn(attributes)) secrets.add(word)
      for (const word of wordsIn(
        Object.values(file.outputs ?? {}).map((output) => Reflect.get(Object(output), 'value')),
      ))
        secrets.add(word)
    }
    await turn(dana, id, `${one.id}.state`, true)
    await ask(`connections/${id}/resources?kind=run&parent=${one.id}`)
    await ask(`connections/${id}/resources?kind=state&parent=${one.id}`)
    await ask(`connections/${id}/resources/workspace/${one.id}`)
    await ask(`connections/${id}/resources/state/${one.id}`)
    for (const { id: run } of (await list(dana, id, `kind=run&parent=${one.id}`)).slice(0, 2))
      await ask(`connections/${id}/resources/plan/${run}`)
  }
  await ask('search?q=a&provider=terraform')
  const board = await newBoard(dana)
  await paste(dana, board, 'https://app.terraform.io/app/acme/workspaces/cluster-production/states')
  await ask(`boards/${board}/cards`)

  const words = [...secrets].filter((word) => word.length >= 12)
  expect(words.length).toBeGreaterThan(5)
  const kept = (await everythingOf(dana.org.id)).join('\n')
  const everything = { answers: given.join('\n'), logs: printed.join('\n'), kept }
  expect(everything.answers).toContain('State of cluster-production')
  expect(everything.kept).toContain('resource.shared')
  for (const word of words)
    for (const [where, text] of Object.entries(everything)) expect([where, text.includes(word)]).toEqual([where, false])
})

test('it is left at Terraform: the token is deleted here, and where to delete it there is told', async () => {
  const { dana, id } = await connected()
  const { body } = await dana.get(dana.at('integrations/terraform'), ProviderView)
  expect(body.leave?.steps.join(' ')).toContain('Team Tokens')
  expect((await dana.delete(dana.at(`connections/${id}`))).status).toBe(200)
  const rows = await asSuperuser((client) =>
    client.query('SELECT sealed FROM "Credential" WHERE "organizationId" = $1', [dana.org.id]),
  )
  expect(rows.rows).toEqual([{ sealed: null }])
})
