import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Check, Field, Scope, Secret } from '#lib/providers/define-auth.ts'
import { organizationsOf } from './identify.ts'
import { Mentioned, ownRepositories, repositoryPath } from './repositories.ts'

const fields: readonly Field[] = [
  {
    name: 'token',
    label: 'Personal access token',
    secret: true,
    placeholder: 'ghp_… or github_pat_…',
    clean: (text) => (/^[A-Za-z0-9_]{20,255}$/.test(text) ? text : null),
    wrong: 'A GitHub token has letters, digits and underscores only. Check it was copied whole.',
  },
  {
    name: 'realtime',
    label: 'Real-time updates',
    hint: 'With them GitHub tells Plugboard of changes through webhooks, which the token then has to manage.',
    choices: [
      { id: 'off', label: 'Off' },
      { id: 'on', label: 'On' },
    ],
  },
]

const scopes: readonly Scope[] = [
  {
    name: 'repo',
    why: 'To read the repositories, commits, issues and pull requests that the account can open. A fine-grained token: read access to Metadata, Contents, Issues and Pull requests.',
    optional: true,
    limits: 'Only public repositories can be read.',
    writes: true,
  },
  {
    name: 'admin:repo_hook',
    why: 'To add and remove the webhooks that tell of changes. `repo` manages them too. A fine-grained token: read and write access to Webhooks.',
    option: 'realtime',
    impliedBy: ['repo'],
    writes: true,
  },
]

/** What a token's holder could do besides (docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps). */
const broad: Readonly<Record<string, string>> = {
  delete_repo: 'delete repositories',
  workflow: 'change the workflows of GitHub Actions',
  'admin:org': 'manage organizations, their teams and members',
  'write:org': 'change who is in organizations and teams',
  'admin:org_hook': 'manage the webhooks of organizations',
  'admin:public_key': 'add and remove SSH keys',
  'write:public_key': 'add SSH keys',
  'admin:ssh_signing_key': 'add and remove signing keys',
  'write:ssh_signing_key': 'add signing keys',
  'admin:gpg_key': 'add and remove GPG keys',
  'write:gpg_key': 'add GPG keys',
  'admin:enterprise': 'manage enterprises',
  'manage_runners:enterprise': 'manage the runners of enterprises',
  'manage_billing:enterprise': 'manage the billing of enterprises',
  'write:packages': 'publish packages',
  'delete:packages': 'delete packages',
  'write:network_configurations': 'change networks of hosted runners',
  'write:discussion': 'write in team discussions',
  user: 'change the profile of the account',
  project: 'change projects',
  gist: 'write gists',
  codespace: 'open and change codespaces',
  copilot: 'manage who has Copilot',
}

const TRIED = 3

const Own = Mentioned.extend({ permissions: z.object({ admin: z.boolean() }).optional() })
type Own = z.infer<typeof Own>

/** Some of the repositories there are: what is private first, as anybody may read the others. */
async function some(api: Api, isMeant: (one: Own) => boolean): Promise<Own[]> {
  const own = await api('/user/repos', { schema: z.array(Own), query: { per_page: 100, sort: 'pushed' } })
  return own
    .filter(isMeant)
    .toSorted((one, other) => Number(other.private) - Number(one.private))
    .slice(0, TRIED)
}

/** Whether there is such a part; that nothing was pushed yet, or issues are turned off, is no refusal. */
async function has(api: Api, path: string): Promise<boolean> {
  try {
    await api(path, { schema: z.unknown(), query: { per_page: 1 } })
    return true
  } catch (error) {
    if (error instanceof ProviderFailure && error.failure === 'not_found') return false
    throw error
  }
}

const adminOf = ({ permissions }: Own): boolean => permissions?.admin === true

/** Asks for parts of the repositories until one has them. An account without any has nothing to prove. */
const partsOf =
  (parts: readonly string[], isMeant: (one: Own) => boolean = () => true): Check['ask'] =>
  async (api) => {
    const repositories = await some(api, isMeant)
    for (const part of parts)
      for (const { owner, name } of repositories)
        if (await has(api, `${repositoryPath(owner.login, name)}/${part}`)) break
  }

const checks: readonly Check[] = [
  { label: () => 'Can read repositories', scope: 'repo', ask: (api) => ownRepositories(api) },
  { label: () => 'Can read files', scope: 'repo', ask: partsOf(['contents']) },
  { label: () => 'Can read issues and pull requests', scope: 'repo', ask: partsOf(['issues', 'pulls']) },
  { label: () => 'Can manage webhooks', scope: 'admin:repo_hook', ask: partsOf(['hooks'], adminOf) },
  { label: () => 'Can see organizations', ask: (api, grant) => organizationsOf(api, grant) },
]

const others: Readonly<Record<string, string>> = {
  gho_: 'an OAuth app made it for itself',
  ghu_: 'a GitHub App made it for itself, for some hours',
  ghs_: 'it belongs to the installation of a GitHub App and ends within an hour',
  ghr_: 'it only renews other tokens',
}

/** Tokens that nobody makes to be pasted, by their prefix (docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github). */
function refuse({ token = '' }: Config): { field: string; detail: string } | null {
  const why = others[token.slice(0, 4)]
  if (!why) return null
  return { field: 'token', detail: `This is no personal access token: ${why}. Create a personal access token instead.` }
}

export const pat: Secret & { slots: readonly ['organization'] } = {
  type: 'pat',
  slots: ['organization'],
  noun: 'token',
  makeAt: 'https://github.com/settings/tokens',
  makeLabel: 'Create a token in GitHub',
  fields,
  scopes,
  broad,
  refuse,
  checks,
  grant: ({ token = '', realtime = 'off' }) => ({ token, config: { realtime } }),
}
