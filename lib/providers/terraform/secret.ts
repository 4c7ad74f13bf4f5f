import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Check, Field, Scope, Secret } from '#lib/providers/define-auth.ts'
import { isHidden } from './failure.ts'
import { asUrl, cleanHost, HOME } from './hosts.ts'
import { isName } from './ids.ts'
import { Run, readPage, type Workspace } from './shapes.ts'
import { readState } from './states.ts'
import { workspacePage } from './workspaces.ts'

/** The organization out of what is typed: its name, or the address of any page of it. */
function cleanOrganization(text: string): string | null {
  if (isName(text)) return text
  if (cleanHost(text) === null) return null
  const [, named = ''] = /^\/app\/([^/]+)/.exec(asUrl(text)?.pathname ?? '') ?? []
  return isName(named) && named !== 'settings' ? named : null
}

/** A key goes to no other host than the pasted address of its organization names. */
function refuse({ baseUrl = HOME }: Config, { organization = '' }: Config): { field: string; detail: string } | null {
  const host = isName(organization) ? undefined : asUrl(organization)?.host
  if (host === undefined || host === new URL(baseUrl).host) return null
  return { field: 'baseUrl', detail: `The address of your organization is at ${host}. Enter ${host} here as well.` }
}

const fields: readonly Field[] = [
  {
    name: 'organization',
    label: 'Organization',
    placeholder: 'acme',
    hint: 'Its name in Terraform, as in app.terraform.io/app/acme. The whole address may be pasted too.',
    clean: cleanOrganization,
    wrong: 'Enter your organization’s name in Terraform, like acme, or paste the address of one of its pages.',
  },
  {
    name: 'token',
    label: 'Key',
    secret: true,
    placeholder: '….atlasv1.…',
    hint: 'An API token: a team’s, best made for Plugboard alone; a user’s own will do.',
  },
  {
    name: 'baseUrl',
    label: 'Hostname',
    optional: true,
    advanced: true,
    address: true,
    placeholder: 'app.terraform.io',
    hint: 'Only for HCP Europe, app.eu.terraform.io, and for a Terraform Enterprise of your own: the key is made there.',
    clean: cleanHost,
    wrong: 'Enter a hostname, like terraform.example.com.',
  },
]

const RUNS = 'Runs: Read'
const STATES = 'State versions: Read'

/** As Terraform names them where a team’s access to workspaces is set. */
const scopes: readonly Scope[] = [
  {
    name: RUNS,
    why: 'To show workspaces, their runs and how many resources a plan adds, changes and destroys.',
    optional: true,
    limits: 'Runs and plans are not shown.',
  },
  {
    name: STATES,
    why: 'To count the resources in a state. Terraform lets the same permission read all of it; Plugboard asks for the count alone.',
    optional: true,
    limits: 'States are not shown.',
    risk: 'read everything in a state, passwords too',
  },
]

type Permission = 'can-read-run' | 'can-read-state-versions'

/** A workspace where this is allowed; none where there is no workspace. Throws `scope` where there are only others. */
async function where(api: Api, permission: Permission): Promise<Workspace | undefined> {
  const { data } = await workspacePage(api)
  const found = data.find(({ attributes }) => attributes.permissions?.[permission] !== false)
  if (!found && data.length > 0) throw new ProviderFailure('scope', { status: 404 })
  return found
}

/** A workspace that never ran has no state: that is no refusal. */
function unlessNone(error: unknown): void {
  if (!isHidden(error)) throw error
}

const checks: readonly Check[] = [
  { label: ({ organization }) => `Workspaces of “${organization}” found`, ask: (api) => workspacePage(api) },
  {
    label: () => 'Can read runs',
    scope: RUNS,
    ask: async (api) => {
      const workspace = await where(api, 'can-read-run')
      return workspace && readPage(api, `/workspaces/${workspace.id}/runs`, { schema: Run, size: 1 })
    },
  },
  {
    label: () => 'Can count resources in states',
    scope: STATES,
    ask: async (api) => {
      const workspace = await where(api, 'can-read-state-versions')
      return workspace && readState(api, workspace).catch(unlessNone)
    },
  },
]

export const secret: Secret = {
  type: 'api_key',
  noun: 'key',
  makeAt: 'https://app.terraform.io/app/settings/tokens',
  makeLabel: 'Create a token in Terraform',
  fields,
  scopes,
  refuse,
  refused: {
    unknown: ({ organization }) =>
      `Terraform shows this key no organization “${organization}”. It answers alike for what is not there, what the key may not see, and an organization that takes no user tokens.`,
  },
  checks,
  grant: ({ token = '', organization = '', baseUrl = '' }) => ({
    token,
    config: { organization, ...(baseUrl === '' ? {} : { baseUrl }) },
  }),
}
