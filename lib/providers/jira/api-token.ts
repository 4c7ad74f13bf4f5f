import { z } from 'zod'
import { accountField } from '#lib/providers/atlassian-token.ts'
import type { Endpoints, Origins } from '#lib/providers/define.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Check, Field, Scope, Secret } from '#lib/providers/define-auth.ts'
import { readPage } from './paging.ts'
import { scopes } from './scopes.ts'

const SITE = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/

/** A site as it is written: `acme`, `acme.atlassian.net`, or the address of a page there. Null for any other host. */
function cleanSite(text: string): string | null {
  const typed = text.trim().toLowerCase()
  if (SITE.test(typed)) return `${typed}.atlassian.net`
  const host = URL.parse(/^[a-z]+:\/\//.test(typed) ? typed : `https://${typed}`)?.hostname ?? ''
  const [, name = ''] = /^([^.]+)\.atlassian\.net$/.exec(host) ?? []
  return SITE.test(name) ? `${name}.atlassian.net` : null
}

const fields: readonly Field[] = [
  {
    name: 'site',
    label: 'Domain',
    placeholder: 'acme.atlassian.net',
    hint: 'Your Atlassian site. Its name alone, or the address of any page of it, will do too.',
    clean: cleanSite,
    wrong: 'Enter your Atlassian site, like acme.atlassian.net',
  },
  accountField,
  {
    name: 'token',
    label: 'API token',
    secret: true,
    placeholder: 'ATATT3…',
  },
]

const Any = z.unknown()
const checks: readonly Check[] = [
  {
    label: ({ site }) => `Site ${site} found`,
    scope: 'read:jira-user',
    ask: (api) => api('/rest/api/3/myself', { schema: Any }),
  },
  {
    label: () => 'Can read projects',
    scope: 'read:jira-work',
    ask: (api) => api('/rest/api/3/project/search', { schema: Any, query: { maxResults: 1 } }),
  },
  {
    label: () => 'Can read boards',
    scope: 'read:board-scope:jira-software',
    ask: (api) => readPage(api, '/rest/agile/1.0/board', { item: Any, query: { maxResults: 1 } }),
  },
]

/** Those that are asked for of a token too; one made without scopes has all that its person may do. */
const ofTokens: readonly Scope[] = scopes.filter(({ name }) => name !== 'offline_access')

export const apiToken: Secret & { slots: readonly ['organization'] } = {
  type: 'api_token',
  slots: ['organization'],
  noun: 'token',
  makeAt: 'https://id.atlassian.com/manage/api-tokens',
  makeLabel: 'Create an API token at id.atlassian.com',
  fields,
  scopes: ofTokens,
  showsReached: true,
  checks,
  refused: {
    secret: () => "Atlassian didn't accept this email and token together.",
    unknown: ({ site }) => `No Atlassian site at ${site}`,
  },
  grant: ({ site = '', email = '', token = '' }) => ({ token, config: { site, email } }),
}

/** Where a site answers to API tokens: at its own address, or where consents' tokens are taken. */
export function tokenEndpoints({ api = '', site = '' }: Origins, config: Config): Endpoints {
  const [name = ''] = (config.site ?? '').split('.')
  const gateway = `${api}/ex/jira`
  const own = site.replace('{site}', name)
  return { api: config.cloudId ? `${gateway}/${config.cloudId}` : own, elsewhere: gateway }
}
