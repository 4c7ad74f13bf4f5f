import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const terraform = await newSandbox(terraformClient)

const WORKSPACES = '/organizations/acme/workspaces'
const UNAUTHORIZED = { errors: [{ status: '401', title: 'unauthorized' }] }
const NOT_FOUND = { errors: [{ status: '404', title: 'not found' }] }
const [READS, ADMIN, OUTPUTS, DANA] = ['plugbrd', 'adminty', 'outputs', 'danakow'].map(standing)
const ORGANIZATION = standing('orgwide')
const account = async (token: string) => (await terraform.show('/account/details', token)).data
const names = async (token: string, path = WORKSPACES) =>
  (await terraform.list(path, token)).data.map(({ attributes }) => attributes.name)

test('new tokens have the look of Terraform’s', async () => {
  expect(await terraform.tokenFor()).toMatch(/^[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9]{60,70}$/)
})

test('a token that is absent, wrong, of another form or expired is a 401, in JSON:API', async () => {
  const token = await terraform.tokenFor()
  const headers = [undefined, 'Bearer', token, `Token ${token}`, `Basic ${btoa(`x:${token}`)}`, `Bearer ${token}x`]
  for (const authorization of [...headers, `Bearer ${standing('expired')}`]) {
    const init = authorization === undefined ? {} : { headers: { authorization } }
    const response = await terraform.api('/account/details', undefined, init)
    expect([authorization, response.status, await response.json()]).toEqual([authorization, 401, UNAUTHORIZED])
    expect(response.headers.get('content-type')).toBe('application/vnd.api+json')
  }
  expect(await terraform.statusOf('/account/details', token)).toBe(200)
})

test('a token says whether it is a person’s, a team’s or an organization’s', async () => {
  const person = await account(await terraform.tokenFor({ kind: 'user', account: 'priya@acme.example' }))
  expect(person.attributes).toMatchObject({
    username: 'priya-n',
    email: 'priya@acme.example',
    'is-service-account': false,
  })
  expect(person.relationships['authenticated-resource']?.data).toEqual({ id: person.id, type: 'users' })
  const team = await account(await terraform.tokenFor({ team: 'on-call' }))
  expect(team.attributes['is-service-account']).toBe(true)
  expect(team.relationships['authenticated-resource']?.data).toMatchObject({
    id: expect.stringMatching(/^team-/),
    type: 'teams',
  })
  expect((await account(ORGANIZATION)).relationships['authenticated-resource']?.data).toEqual({
    id: 'acme',
    type: 'organizations',
  })
})

test('tokens of other services, such as audit trails, work nowhere here', async () => {
  for (const token of [standing('auditor'), await terraform.tokenFor({ kind: 'agent' })]) {
    expect(await terraform.statusOf('/account/details', token)).toBe(401)
  }
})

test('each installation has organizations and tokens of its own', async () => {
  const at = async (prefix: string, word: string) => {
    const headers = { authorization: `Bearer ${standing(word)}` }
    const response = await fetch(`${terraform.url}/${prefix}/api/v2/organizations`, { headers })
    return response.ok ? (await response.json()).data.map(({ id }: { id: string }) => id) : response.status
  }
  expect(await at('terraform-api', 'plugbrd')).toEqual(['acme'])
  expect(await at('terraform-eu', 'plugbrd')).toBe(401)
  expect(await at('terraform-eu', 'europe1')).toEqual(['acme-eu'])
  expect(await at('terraform-tfe', 'private')).toEqual(['acme-internal'])
  expect(await at('terraform-api', 'private')).toBe(401)
})

test('a ping says what answers, without a token, and of itself only a Terraform Enterprise tells its version', async () => {
  const ping = async (prefix: string) => {
    const { status, headers } = await fetch(`${terraform.url}/${prefix}/api/v2/ping`)
    return [status, headers.get('tfp-appname'), headers.get('tfp-api-version'), headers.has('x-tfe-version')]
  }
  expect(await ping('terraform-api')).toEqual([204, 'HCP Terraform', '2.6', false])
  expect(await ping('terraform-tfe')).toEqual([204, 'Terraform Enterprise', '2.6', true])
})

test('a team’s token sees its own workspaces, and the rest is a 404 like what does not exist', async () => {
  expect(await names(READS ?? '')).not.toContain('payroll-production')
  expect(await names(DANA ?? '')).toContain('payroll-production')
  const payroll = await terraform.workspaceId('payroll-production')
  for (const path of [`/workspaces/${payroll}`, '/workspaces/ws-0000000000000000', '/organizations/initech']) {
    const response = await terraform.api(path, READS)
    expect([path, response.status, await response.json()]).toEqual([path, 404, NOT_FOUND])
  }
  expect(await terraform.statusOf('/organizations/globex', READS)).toBe(404)
  await terraform.set({ access: { team: 'plugboard', workspace: 'payroll-production', level: 'read' } })
  expect(await terraform.statusOf(`/workspaces/${payroll}`, READS)).toBe(200)
  await terraform.set({ access: { team: 'plugboard', workspace: 'payroll-production', level: null } })
  expect(await terraform.statusOf(`/workspaces/${payroll}`, READS)).toBe(404)
})

test('a person’s token reaches every organization of theirs, unless the organization wants none such', async () => {
  const ids = async (token: string) => (await terraform.list('/organizations', token)).data.map(({ id }) => id)
  expect(await ids(DANA ?? '')).toEqual(['acme', 'globex'])
  const lee = await terraform.tokenFor({ kind: 'user', account: 'lee@park.example' })
  expect(await names(lee)).toEqual(['cluster-staging', 'lee-playground'])
  await terraform.set({ organization: { name: 'acme', allowsUserTokens: false } })
  expect(await ids(DANA ?? '')).toEqual(['globex'])
  expect([await terraform.statusOf(WORKSPACES, DANA), await terraform.statusOf(WORKSPACES, READS)]).toEqual([404, 200])
})

test('an organization’s token lists workspaces, and finds no run, plan or notification', async () => {
  expect(await names(ORGANIZATION)).toContain('payroll-production')
  const workspace = await terraform.workspaceId('network-production')
  const { data } = await terraform.list(`/workspaces/${workspace}/runs`, DANA ?? '')
  const [run] = data
  const plan = run?.relationships.plan?.data?.id
  const paths = [
    `/workspaces/${workspace}/runs`,
    '/organizations/acme/runs',
    `/runs/${run?.id}`,
    `/plans/${plan}`,
    `/plans/${plan}/json-output`,
    `/runs/${run?.id}/plan/json-output`,
    `/workspaces/${workspace}/notification-configurations`,
  ]
  for (const path of paths) {
    const statuses = [await terraform.statusOf(path, ORGANIZATION), await terraform.statusOf(path, ADMIN)]
    expect([path, statuses[0], statuses[1] === 404]).toEqual([path, 404, false])
  }
})

test('each thing wants its own level', async () => {
  const workspace = await terraform.workspaceId('cluster-production')
  const own = `/workspaces/${workspace}`
  const [run] = (await terraform.list(`${own}/runs`, DANA ?? '')).data
  const calls: [path: string, outputs: number, reads: number][] = [
    [own, 200, 200],
    [`${own}/runs`, 200, 200],
    [`/plans/${run?.relationships.plan?.data?.id}`, 200, 200],
    [`${own}/current-state-version-outputs`, 200, 200],
    [`${own}/current-state-version`, 404, 200],
    [`${own}/resources`, 404, 200],
    [
      '/state-versions?filter%5Borganization%5D%5Bname%5D=acme&filter%5Bworkspace%5D%5Bname%5D=cluster-production',
      404,
      200,
    ],
    [`/runs/${run?.id}/plan/json-output`, 404, 404],
    [`${own}/notification-configurations`, 404, 404],
  ]
  for (const [path, outputs, reads] of calls) {
    const statuses = [await terraform.statusOf(path, OUTPUTS), await terraform.statusOf(path, READS)]
    expect([path, ...statuses]).toEqual([path, outputs, reads])
  }
  const { attributes } = (await terraform.show(own, OUTPUTS ?? '')).data
  expect(attributes.permissions).toMatchObject({
    'can-read-run': true,
    'can-read-state-versions': false,
    'can-update': false,
  })
})

test('a token ends at its time, two years on unless it was given another, or none', async () => {
  const week = await terraform.tokenFor({ expiresInSeconds: 7 * 86_400 })
  const usual = await terraform.tokenFor()
  const eternal = await terraform.tokenFor({ expiresInSeconds: null })
  const statuses = async () =>
    Promise.all([week, usual, eternal].map((token) => terraform.statusOf('/account/details', token)))
  expect(await statuses()).toEqual([200, 200, 200])
  await terraform.control.clock(8 * 86_400)
  expect(await statuses()).toEqual([401, 200, 200])
  await terraform.control.clock(2 * 365 * 86_400)
  expect(await statuses()).toEqual([401, 401, 200])
})

test('when tokens end is told to their person and to who manages teams, never what they are', async () => {
  const token = await terraform.tokenFor({ kind: 'user', account: 'sam@acme.example', expiresInSeconds: 86_400 })
  const { id } = await account(token)
  const { data } = await terraform.list(`/users/${id}/authentication-tokens`, token)
  expect(data).toMatchObject([{ attributes: { token: null, 'expired-at': expect.any(String) } }])
  expect(await terraform.statusOf(`/users/${id}/authentication-tokens`, DANA)).toBe(404)
  const teamTokens = '/organizations/acme/team-tokens'
  expect(await terraform.statusOf(teamTokens, READS)).toBe(404)
  expect((await terraform.list(teamTokens, DANA ?? '')).data).toHaveLength(4)
  const expired = await terraform.list(`${teamTokens}?filter%5Bstatus%5D=expired`, DANA ?? '')
  expect(expired.data).toMatchObject([{ attributes: { description: 'Plugboard, before', token: null } }])
})

test('tokens are ended by their person, by who manages teams, and by control', async () => {
  const token = await terraform.tokenFor({ kind: 'user', account: 'sam@acme.example' })
  const [own] = (await terraform.list(`/users/${(await account(token)).id}/authentication-tokens`, token)).data
  const end = async (id: string | undefined, by: string | undefined) =>
    (await terraform.api(`/authentication-tokens/${id}`, by, { method: 'DELETE' })).status
  expect([
    await end(own?.id, DANA),
    await end(own?.id, token),
    await terraform.statusOf('/account/details', token),
  ]).toEqual([404, 204, 401])
  const teamTokens = (await terraform.list('/organizations/acme/team-tokens', DANA ?? '')).data
  const plugboard = teamTokens.find(({ attributes }) => attributes.description === 'Plugboard')
  expect([await end(plugboard?.id, READS), await end(plugboard?.id, DANA)]).toEqual([404, 204])
  expect(await terraform.statusOf(WORKSPACES, READS)).toBe(401)
  const revoke = (what: object) => terraform.control.revoke({ provider: 'terraform', ...what })
  expect(await revoke({ token: ADMIN })).toMatchObject({ ended: 1 })
  expect(await terraform.statusOf(WORKSPACES, ADMIN)).toBe(401)
  await revoke({ account: 'dana@acme.example' })
  expect(await terraform.statusOf(WORKSPACES, DANA)).toBe(401)
  await revoke({ account: 'globex' })
  expect(await terraform.statusOf('/organizations/globex', standing('globex1'))).toBe(401)
})

test('an organization has one token of its own: a new one ends the older', async () => {
  const token = await terraform.tokenFor({ kind: 'organization' })
  expect([await terraform.statusOf(WORKSPACES, token), await terraform.statusOf(WORKSPACES, ORGANIZATION)]).toEqual([
    200, 401,
  ])
})

test('what an organization’s plan has is told', async () => {
  const entitled = async (name: string, token: string) =>
    (await terraform.show(`/organizations/${name}/entitlement-set`, token)).data.attributes.teams
  expect([await entitled('acme', READS ?? ''), await entitled('globex', standing('globex1'))]).toEqual([true, false])
  await terraform.set({ organization: { name: 'acme', entitlements: { teams: false } } })
  expect(await entitled('acme', READS ?? '')).toBe(false)
})

test('the log names the account and never the token', async () => {
  await terraform.api(`${WORKSPACES}?sort=name`, READS)
  const log = await terraform.control.log()
  expect(log).toMatchObject([{ provider: 'terraform', query: ['sort'], account: 'acme', token: 'sand…', status: 200 }])
  expect(JSON.stringify(log)).not.toContain(READS)
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    terraform.set({ makeToken: { kind: 'refresh' } }),
    terraform.set({ makeToken: { organization: 'initech' } }),
    terraform.set({ makeToken: { team: 'nobody' } }),
    terraform.set({ makeToken: { kind: 'user', account: 'nobody@acme.example' } }),
    terraform.set({ access: { team: 'plugboard', workspace: 'nowhere', level: 'read' } }),
    terraform.set({ runs: [{ id: 'run-0' }] }),
    terraform.set({ workspaces: [{ name: 'x', project: 'Nowhere' }] }),
    terraform.set({ region: 'eu' }),
    terraform.control.revoke({ provider: 'terraform' }),
    terraform.control.webhook('terraform', { workspace: 'nowhere' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})
