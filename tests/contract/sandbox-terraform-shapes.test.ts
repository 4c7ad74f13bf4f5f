import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { differences } from '#tests/support/answer-shape.ts'
import { newReceiver } from '#tests/support/new-receiver.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { standing, terraformClient } from '#tests/support/sandbox-terraform.ts'

const EXAMPLES = path.resolve(import.meta.dirname, '../../../shared/providers/fixtures/terraform')
const areMissing = !existsSync(EXAMPLES)

const app = await newReceiver()
const terraform = await newSandbox(terraformClient, app.url)

const DANA = standing('danakow')
const example = (name: string): { status: number; body: unknown } =>
  JSON.parse(readFileSync(path.join(EXAMPLES, `${name}.json`), 'utf8'))

// The examples are abridged (relationships of runs are empty), of several years, and name the parts of one state.
const OPTIONAL = [
  /\brelationships\.relationships\b/,
  /relationships\.[\w-]+\.(data|links)\b/,
  /attributes\.(modules|providers)\./,
  /attributes\.permissions\.can-/,
  /attributes\.status-timestamps\./,
  /attributes\.(unarchived_workspace_change_requests_count|plan-identifier|billable-rum-count|detailed[_-]type)\b/,
  /attributes\.(auto-apply-run-trigger|auto-destroy-status|inherits-project-auto-destroy|last-assessment-result-at)$/,
  /attributes\.(updated-at|can-\w+|vcs-repo|is-site-admin)\b/,
  /relationships\.(task-stages|team)\b/,
  /attributes\.(value\b|tag-names\[\])/,
  /delivery-responses\[\]\.headers\b/,
  /^links\.(first|last|prev|next)$/,
  /^meta\.status-counts\b/,
]

const at = async (name: string, end = '') => `/workspaces/${await terraform.workspaceId(name)}${end}`
const runOf = async (name: string) => (await terraform.list(await at(name, '/runs'), DANA)).data[0]
const userTokens = async () =>
  `/users/${(await terraform.show('/account/details', DANA)).data.id}/authentication-tokens`

const CASES: [name: string, address: () => Promise<string> | string][] = [
  ['account-details', () => '/account/details'],
  ['list-organizations', () => '/organizations?page%5Bnumber%5D=1'],
  ['get-organization', () => '/organizations/acme'],
  ['get-entitlement-set', () => '/organizations/acme/entitlement-set'],
  ['list-projects', () => '/organizations/acme/projects'],
  ['list-workspaces', () => '/organizations/acme/workspaces'],
  ['get-workspace', () => at('web-cdn')],
  ['list-workspace-runs', () => at('web-cdn', '/runs')],
  ['list-org-runs', () => '/organizations/acme/runs'],
  ['get-run', async () => `/runs/${(await runOf('web-cdn'))?.id}`],
  ['get-plan', async () => `/plans/${(await runOf('web-cdn'))?.relationships.plan?.data?.id}`],
  ['get-apply', async () => `/applies/${(await runOf('web-cdn'))?.relationships.apply?.data?.id}`],
  ['current-state-version', () => at('web-cdn', '/current-state-version')],
  [
    'list-state-versions',
    () => '/state-versions?filter%5Borganization%5D%5Bname%5D=acme&filter%5Bworkspace%5D%5Bname%5D=web-cdn',
  ],
  ['current-state-version-outputs', () => at('web-cdn', '/current-state-version-outputs')],
  ['list-workspace-resources', () => at('orders-database', '/resources')],
  ['get-user', async () => (await userTokens()).replace('/authentication-tokens', '')],
  ['list-user-tokens', userTokens],
]

test.skipIf(areMissing).each(CASES)(
  '%s has the fields and types of Terraform’s own example (skipped where the examples are not at hand)',
  async (name, address) => {
    const response = await terraform.api(await address(), DANA)
    const { status, body } = example(name)
    expect(response.status).toBe(status)
    const found = differences(body, await response.json(), OPTIONAL)
    // Their example of this list has no `meta`.
    expect(found.filter((line) => name !== 'list-workspace-resources' || !/^extra meta\b/.test(line))).toEqual([])
  },
)

test.skipIf(areMissing)(
  'a notification configuration has the fields of Terraform’s own example (skipped where the examples are not at hand)',
  async () => {
    const attributes = {
      'destination-type': 'generic',
      enabled: true,
      name: 'Plugboard',
      url: app.url,
      triggers: ['run:created'],
    }
    const place = await at('web-cdn', '/notification-configurations')
    const made = await terraform.send('POST', place, DANA, { data: { type: 'notification-configuration', attributes } })
    const { status, body } = example('create-notification-configuration')
    expect(made.status).toBe(status)
    expect(differences(body, await made.json(), OPTIONAL)).toEqual([])
    const listed = await terraform.list(place, DANA)
    expect(differences(example('list-notification-configurations').body, listed, OPTIONAL)).toEqual([])
    const [verification] = app.received
    expect(differences(example('webhook-verification').body, JSON.parse(verification?.body ?? ''), [])).toEqual([])
  },
)

test.skipIf(areMissing).each([
  ['webhook-run-notification', 'run:completed'],
  ['webhook-assessment-drifted', 'assessment:drifted'],
])(
  '%s has the fields of Terraform’s own example (skipped where the examples are not at hand)',
  async (name, trigger) => {
    await terraform.control.webhook('terraform', { workspace: 'web-cdn', subscription: 'one', trigger })
    expect(differences(example(name).body, JSON.parse(app.received[0]?.body ?? ''), [])).toEqual([])
  },
)

test.skipIf(areMissing)(
  'too many requests are answered as in Terraform’s own example (skipped where the examples are not at hand)',
  async () => {
    await terraform.set({ rateLimit: { limit: 0, windowSeconds: 60 } })
    const response = await terraform.api('/organizations', DANA)
    const { status, body } = example('error-429')
    expect([response.status, await response.json()]).toEqual([status, body])
  },
)
