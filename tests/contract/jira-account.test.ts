import { describe, expect, test } from 'vitest'
import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import { jira } from '#lib/providers/jira/provider.ts'
import { jiraReader } from '#tests/support/atlassian-api.ts'
import { failed, titles } from '#tests/support/github-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import {
  ACME,
  apiToken,
  atlassianClient,
  BOTH,
  DANA,
  DANAS_TOKEN,
  JIRA_SCOPES,
  SAM,
} from '#tests/support/sandbox-atlassian.ts'

const client = await newSandbox(atlassianClient)

const [projects, issues, boards, sprints] = ['project', 'issue', 'board', 'sprint'].map(jiraReader)
if (!projects || !issues || !boards || !sprints) throw new Error('a reader is missing')

function open(grant: Grant): Api {
  const origins = { auth: client.auth, api: client.api, site: `${client.site}/{site}` }
  const { api: base, elsewhere } = jira.endpoints(origins, grant.config ?? {})
  const also = { ...(elsewhere ? { elsewhere } : {}), ...(grant.config ? { config: grant.config } : {}) }
  return createApi({ provider: jira, grant, base, ...also })
}

async function consented(account = DANA, scope = BOTH): Promise<{ api: Api; grant: Grant }> {
  const token = await client.tokenFor(account, scope)
  const [site] = (await jira.sites?.(open({ token }))) ?? []
  const grant = { token, ...(site ? { config: site.config } : {}) }
  return { api: open(grant), grant }
}

describe('a consent', () => {
  test('opens the sites it was given for, each once, and names the account on the one that is chosen', async () => {
    const token = await client.tokenFor(SAM)
    const sites = (await jira.sites?.(open({ token }))) ?? []
    expect(sites.map(({ label }) => label)).toEqual(['acme', 'globex-labs'])
    const identities = await Promise.all(
      sites.map(({ config }) => jira.identify(open({ token, config }), { token, config })),
    )
    expect(identities.map(({ label }) => label)).toEqual(['acme.atlassian.net', 'globex-labs.atlassian.net'])
    expect(new Set(identities.map(({ id }) => id)).size).toBe(2)
    expect(new Set(identities.map(({ owner }) => owner)).size).toBe(1)
  })

  test('reads a project’s issues, an issue’s sprint and points, and boards with their sprints', async () => {
    const { api } = await consented()
    expect(titles((await projects.list(api, {})).items)).toEqual([
      'Operations',
      'Orders',
      'Payroll migration',
      'Web shop',
    ])
    const [board] = (await boards.list(api, { parent: 'acme.ORD' })).items
    expect(titles((await sprints.list(api, { parent: String(board?.id) })).items)).toContain('Orders 43')
    expect((await issues.read(api, 'acme.ORD-102')).body).toMatchObject({
      state: 'In Progress',
      category: 'indeterminate',
      assignees: ['Sam Okafor'],
      sprint: 'Orders 43',
      points: 5,
    })
    expect(titles((await issues.search(api, 'replay dead', {})).items)).toEqual([
      'ORD-102 Replay a dead letter from the admin page',
    ])
  })

  test('what its account may not see is not found, and told like what is not there', async () => {
    const { api } = await consented('priya@acme.example')
    expect(titles((await projects.list(api, {})).items)).not.toContain('Payroll migration')
    for (const id of ['acme.PAYR-1', 'acme.ORD-9999'])
      expect((await failed(issues.read(api, id))).failure).toBe('not_found')
  })

  test('without the granular permissions boards fail alone, as a permission and never as an ended token', async () => {
    const { api } = await consented(DANA, 'offline_access read:jira-work read:jira-user')
    expect((await failed(boards.list(api, {}))).failure).toBe('scope')
    expect((await issues.list(api, { parent: 'acme.ORD' })).items.length).toBeGreaterThan(0)
  })

  test('all pages of a list are read, each thing once', async () => {
    const { api } = await consented()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await issues.list(api, { parent: 'acme.ORD', ...(cursor ? { cursor } : {}) })
      seen.push(...titles(page.items))
      cursor = page.nextCursor
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(5)
  })

  test('one that was ended at Atlassian, or at its end, opens nothing', async () => {
    const { api } = await consented()
    await client.control.clock(3601)
    expect((await failed(projects.list(api, {}))).failure).toBe('expired')
  })

  test('when the hour’s points are spent, it is known until when', async () => {
    const { api } = await consented()
    await client.set({ pointsRemaining: 0 })
    expect(await failed(projects.list(api, {}))).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
  })
})

describe('an API token', () => {
  const config = (site = 'acme.atlassian.net', email = DANA): Config => ({ site, email })
  const identify = (token: string, known: Config) => {
    const grant = { token, config: known }
    return jira.identify(open(grant), grant)
  }

  test('is taken at its site, and reads there', async () => {
    const identity = await identify(DANAS_TOKEN, config())
    expect(identity).toMatchObject({ label: 'acme.atlassian.net', config: { siteUrl: `${client.site}/acme` } })
    const api = open({ token: DANAS_TOKEN, config: { ...config(), ...identity.config } })
    expect((await issues.read(api, 'acme.ORD-102')).url).toBe(`${client.site}/acme/browse/ORD-102`)
  })

  test('one with scopes is taken at the gateway, and is the same account', async () => {
    const token = apiToken('dana-scoped', '5C09ED00')
    const [plain, scoped] = [await identify(DANAS_TOKEN, config()), await identify(token, config())]
    expect(scoped.config).toEqual({ siteUrl: `${client.site}/acme`, cloudId: ACME })
    expect(scoped.id).toBe(plain.id)
    const known = { ...config(), ...scoped.config }
    expect(await identify(token, known)).toMatchObject({ id: plain.id, label: 'acme.atlassian.net' })
    expect(titles((await projects.list(open({ token, config: known }), {})).items)).toContain('Orders')
  })

  test('T-PAT-2 a site that is not there is told apart from a pair that is refused', async () => {
    expect((await failed(identify(DANAS_TOKEN, config('acmee.atlassian.net')))).failure).toBe('not_found')
    expect((await failed(identify(DANAS_TOKEN, config('acme.atlassian.net', SAM)))).failure).toBe('expired')
    expect((await failed(identify(apiToken('nobody', '00000000'), config()))).failure).toBe('expired')
  })

  test('a sign-in that needs a CAPTCHA is a matter of setup', async () => {
    await client.set({ captcha: [DANA] })
    expect(await failed(identify(DANAS_TOKEN, config()))).toMatchObject({ failure: 'setup', detail: 'captcha' })
  })

  test('one whose scopes do not even say whose it is lacks a permission', async () => {
    const { token } = await client.set({ makeApiToken: { email: DANA, scopes: ['read:jira-work'] } })
    expect((await failed(identify(String(token), config()))).failure).toBe('scope')
    const made = await client.set({ makeApiToken: { email: DANA, scopes: JIRA_SCOPES.split(' ') } })
    expect((await identify(String(made.token), config())).label).toBe('acme.atlassian.net')
  })
})
