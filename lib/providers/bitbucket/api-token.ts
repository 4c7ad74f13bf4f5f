import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import { accountField } from '#lib/providers/atlassian-token.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Check, Field, Scope, Secret } from '#lib/providers/define-auth.ts'
import { listEntries } from './directories.ts'
import { readUser } from './identify.ts'
import { RepositoryId, repositoryPath, Workspace } from './ids.ts'
import { readPage } from './paging.ts'
import { namesOf, type Repository, repositoryPage } from './repositories.ts'

/** A workspace as it is written: itself, or the address of a page there. */
function cleanWorkspace(text: string): string | null {
  const typed = text.trim()
  const plain = Workspace.safeParse(typed)
  if (plain.success) return plain.data
  const url = URL.parse(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`)
  if (!url || !/^(?:www\.)?bitbucket\.org$/.test(url.hostname)) return null
  const [, first = '', second = ''] = url.pathname.split('/')
  return Workspace.safeParse(first === 'workspaces' ? second : first).data ?? null
}

const fields: readonly Field[] = [
  {
    name: 'workspace',
    label: 'Workspace',
    placeholder: 'acme',
    hint: 'It stands in the address of your repositories: bitbucket.org/acme. The whole address may be pasted too.',
    clean: cleanWorkspace,
    wrong: 'Enter your workspace, like acme, or paste the address of one of its pages.',
  },
  {
    ...accountField,
    label: 'Atlassian e-mail',
    hint: 'That of the Atlassian account the token belongs to. Bitbucket’s own user name does not work.',
    wrong: 'Enter the e-mail address of your Atlassian account. Bitbucket takes no user name with an API token.',
  },
  {
    name: 'token',
    label: 'API token',
    secret: true,
    placeholder: 'ATATT3…',
    hint: 'Choose Create API token with scopes, then Bitbucket. It lives for a year at most: say below when yours ends.',
  },
]

/** Asked one by one: one that writes does not include the one that reads (support.atlassian.com/bitbucket-cloud/docs/api-token-permissions). */
const scopes: readonly Scope[] = [
  {
    name: 'read:repository:bitbucket',
    why: 'To list the repositories of the workspace, and to read and search their files.',
  },
  {
    name: 'read:pullrequest:bitbucket',
    why: 'To show pull requests: the permission for repositories does not include them.',
    optional: true,
    limits: 'Pull requests are not shown.',
  },
  {
    name: 'read:user:bitbucket',
    why: 'To say whose token it is.',
    optional: true,
    limits: 'It is not told whose token it is.',
  },
]

const [repositoryScope, pullRequestScope, userScope] = scopes.map(({ name }) => name)

/** Some repository that `isMeant`; a workspace without one has nothing to prove. */
async function some(api: Api, isMeant: (one: Repository) => boolean = () => true): Promise<[string, string] | null> {
  const { values } = await repositoryPage(api, { pagelen: 20 })
  const found = values.find(isMeant)
  return found ? namesOf(found) : null
}

/** A token without this permission may be told that it is none. */
async function tellsUser(api: Api): Promise<void> {
  try {
    await readUser(api)
  } catch (error) {
    if (error instanceof ProviderFailure && error.failure === 'expired') throw new ProviderFailure('scope')
    throw error
  }
}

const checks: readonly Check[] = [
  {
    label: ({ workspace }) => `Workspace “${workspace}” found`,
    scope: repositoryScope,
    ask: (api) => repositoryPage(api, { pagelen: 1 }),
  },
  {
    label: () => 'Can read files',
    scope: repositoryScope,
    ask: async (api) => {
      const names = await some(api, ({ mainbranch }) => Boolean(mainbranch))
      return names && listEntries(api, { parent: RepositoryId.write(...names) })
    },
  },
  {
    label: () => 'Can read pull requests',
    scope: pullRequestScope,
    ask: async (api) => {
      const names = await some(api)
      const query = { pagelen: 1 }
      return names && readPage(api, `${repositoryPath(api, ...names)}/pullrequests`, { item: z.unknown(), query })
    },
  },
  { label: () => 'Can tell whose it is', scope: userScope, ask: tellsUser },
]

const GONE = 'Bitbucket removed app passwords in July 2026. Use an API token with scopes.'

/** What Bitbucket takes from nobody this way, by its first letters, on which they give their word (community.atlassian.com, question 3096469). */
function refuse({ token = '' }: Config): { field: string; detail: string } | null {
  const told = (detail: string) => ({ field: 'token', detail })
  if (token.startsWith('ATBB')) return told(`This is an app password. ${GONE}`)
  if (token.startsWith('ATCT'))
    return told(
      'This is an access token of a workspace, project or repository, which goes without an e-mail. Use an API token with scopes.',
    )
  return null
}

/** A token without scopes, or with another product's, is refused in the words for a wrong one. App passwords once had no first letters. */
function refusedSecret({ token = '' }: Config): string {
  const isToken = token.startsWith('ATAT')
  return isToken
    ? "Bitbucket didn't accept this e-mail and token together. It refuses a token without scopes, or for another Atlassian product, like a wrong one: use an API token with scopes, made for Bitbucket."
    : `Bitbucket didn't accept this e-mail and token together. If it is an app password: ${GONE}`
}

export const apiToken: Secret = {
  type: 'api_token',
  noun: 'token',
  makeAt: 'https://id.atlassian.com/manage-profile/security/api-tokens',
  makeLabel: 'Create an API token with scopes at id.atlassian.com',
  fields,
  scopes,
  showsReached: true,
  livesDays: 365,
  refuse,
  refused: {
    secret: refusedSecret,
    unknown: ({ workspace }) => `No workspace “${workspace}” at Bitbucket that this account can see.`,
  },
  checks,
  grant: ({ workspace = '', email = '', token = '' }) => ({ token, config: { workspace, email } }),
}
