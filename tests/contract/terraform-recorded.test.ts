import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Api } from '#lib/providers/define-api.ts'
import { terraform } from '#lib/providers/terraform/provider.ts'
import type { Reply } from '#tests/support/loopback.ts'
import { terraformApi, terraformReader } from '#tests/support/terraform-api.ts'

// Answers of the real service, kept outside the project: <provider>/<name>.json, each { status, headers, body },
// beside the checkout or in the folder that PROVIDER_ANSWERS names. Without it these tests are skipped by name; the fixtures here stand for them.
const beside = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures')
const folder = `${process.env.PROVIDER_ANSWERS ?? beside}/terraform`
const isAbsent = !existsSync(folder)
const bodyOf = (name: string) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')).body
const recorded = (name: string): Reply => ({ body: bodyOf(name) })

const [workspaces, runs, plans, states] = ['workspace', 'run', 'plan', 'state'].map(terraformReader)
if (!workspaces || !runs || !plans || !states) throw new Error('four kinds are read')

const ORGANIZATION = 'my-organization'
const [WS, RUN] = ['ws-6jrRyVDv1J8zQMB5', 'run-CZcmD7eagjhyX0vN']
const v2 = 'GET /api/v2'

/** A recorded run, with the relations that were left out where it was recorded, and the recorded plan beside it. */
const wholeRun = (): Reply => {
  const { data } = bodyOf('get-run')
  const { data: plan } = bodyOf('get-plan')
  const relationships = {
    workspace: { data: { id: WS, type: 'workspaces' } },
    plan: { data: { id: plan.id, type: 'plans' } },
    'created-by': { data: { id: bodyOf('get-user').data.id, type: 'users' } },
  }
  const included = [plan, bodyOf('get-user').data]
  return { body: { data: { ...data, relationships }, included } }
}

/** Where each answer is met, and what the product does there. */
const met: Record<string, { on: string; use: (api: Api) => Promise<unknown> }> = {
  'account-details': { on: '/account/details', use: (api) => terraform.identify(api, { token: 't' }) },
  'get-organization': { on: `/organizations/${ORGANIZATION}`, use: (api) => terraform.identify(api, { token: 't' }) },
  'list-workspaces': { on: `/organizations/${ORGANIZATION}/workspaces`, use: (api) => workspaces.list(api, {}) },
  'get-workspace': { on: `/workspaces/${WS}`, use: (api) => workspaces.read(api, WS) },
  'get-workspace-with-vcs': { on: `/workspaces/${WS}`, use: (api) => workspaces.read(api, WS) },
  'list-workspace-runs': { on: `/workspaces/${WS}/runs`, use: (api) => runs.list(api, { parent: WS }) },
  'get-run': { on: `/runs/${RUN}`, use: (api) => runs.read(api, RUN) },
  'get-plan': { on: `/runs/${RUN}`, use: (api) => plans.read(api, RUN) },
  'get-plan-agent': { on: `/runs/${RUN}`, use: (api) => plans.read(api, RUN) },
  'get-user': { on: `/runs/${RUN}`, use: (api) => runs.read(api, RUN) },
  'current-state-version': { on: `/workspaces/${WS}/current-state-version`, use: (api) => states.read(api, WS) },
  'get-state-version': { on: `/workspaces/${WS}/current-state-version`, use: (api) => states.read(api, WS) },
}

async function use(name: string): Promise<unknown> {
  const { on = '', use: work } = met[name] ?? {}
  const answer = on === `/runs/${RUN}` ? wholeRun() : recorded(name)
  const others = {
    [`${v2}/account/details`]: recorded('account-details'),
    [`${v2}/organizations/${ORGANIZATION}`]: recorded('get-organization'),
    [`${v2}/workspaces/${WS}`]: recorded('get-workspace'),
  }
  const { api } = await terraformApi({ ...others, [`${v2}${on}`]: answer }, { organization: ORGANIZATION })
  return work?.(api)
}

describe('answers of the real service', () => {
  test.skipIf(isAbsent).each(Object.keys(met))('%s is read', async (name) => {
    const value = await use(name)
    const items = value && typeof value === 'object' && 'items' in value ? value.items : [value]
    if (!Array.isArray(items) || items.length === 0) throw new Error('nothing was read')
    for (const { id } of items) expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
    expect(JSON.stringify(value)).not.toMatch(/archivist|@hashicorp|@example\.com|other_username|abcdef12345/)
  })

  test.skipIf(isAbsent)('the recorded organization’s key is the id behind its name', async () => {
    expect(await use('get-organization')).toMatchObject({ id: 'org-WV6DfwfxxXvLfvfs', label: 'hashicorp' })
  })

  test.skipIf(isAbsent)(
    'a run’s and a plan’s cards are made of the recorded ones, and a state is a count',
    async () => {
      const body = { state: 'pending', added: 0, changed: 1, destroyed: 0, author: 'admin' }
      expect(await use('get-run')).toMatchObject({ title: 'Custom message', container: 'workspace-1', body })
      expect(await use('get-plan')).toMatchObject({ body: { state: 'finished', changed: 1 } })
      expect((await use('current-state-version')) as object).toMatchObject({ body: { resources: 1 } })
    },
  )

  test.skipIf(isAbsent)('the recorded refusal is a wait', async () => {
    const { api } = await terraformApi(
      {
        [`${v2}/account/details`]: { status: 429, body: bodyOf('error-429'), headers: { 'x-ratelimit-reset': '3.5' } },
      },
      { organization: ORGANIZATION },
    )
    await expect(terraform.identify(api, { token: 't' })).rejects.toMatchObject({
      failure: 'rate_limited',
      retryAt: expect.any(Date),
    })
  })

  test.skipIf(isAbsent)('no answer in the folder is of a kind that nobody has decided about', () => {
    // What the product does not ask for: values, tokens, notifications, lists of what is read one by one.
    const unasked =
      'create-notification-configuration current-state-version-outputs get-apply get-entitlement-set get-notification-configuration get-plan-export get-state-version-output get-user-token list-notification-configurations list-organizations list-projects list-state-version-outputs list-state-versions list-user-tokens list-workspace-resources team-token-created webhook-assessment-drifted webhook-run-notification webhook-verification'
    // Runs of an organization say where they are in what was left out of this recording.
    const known = [...Object.keys(met), ...unasked.split(' '), 'error-429', 'list-org-runs']
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.filter((name) => !known.includes(name))).toEqual([])
  })
})
