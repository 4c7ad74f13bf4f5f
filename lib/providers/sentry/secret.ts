import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import type { Check, Field, Scope, Secret } from '#lib/providers/define-auth.ts'
import { readEvent } from './events.ts'
import { cleanBase } from './hosts.ts'
import { readOrganization } from './identify.ts'
import { Issue } from './issues.ts'
import { projectPage } from './projects.ts'

const slug = /^[a-z0-9][a-z0-9_-]{0,99}$/

/** The slug out of what is typed: itself, acme.sentry.io, or an address with /organizations/acme/ or /settings/acme/ in it. */
function cleanSlug(text: string): string | null {
  const typed = text.trim().toLowerCase()
  if (slug.test(typed)) return typed
  const url = URL.parse(/^[a-z]+:\/\//.test(typed) ? typed : `https://${typed}`)
  if (!url) return null
  const [, named] = /^\/(?:organizations|settings)\/([^/]+)/.exec(url.pathname) ?? []
  const [, tenant] = /^(?!www\.|us\.|de\.)([^.]+)\.sentry\.io$/.exec(url.hostname) ?? []
  const found = named ?? tenant ?? ''
  return slug.test(found) ? found : null
}

const fields: readonly Field[] = [
  {
    name: 'organization',
    label: 'Organization slug',
    placeholder: 'acme',
    hint: 'It stands in the address of your Sentry: acme.sentry.io. The whole address may be pasted too.',
    clean: cleanSlug,
    wrong: 'Enter your organization’s slug, like acme, or paste the address of your Sentry.',
  },
  { name: 'token', label: 'Key', secret: true, placeholder: 'sntryi_…', hint: 'The token of that integration.' },
  {
    name: 'baseUrl',
    label: 'Address of your Sentry',
    optional: true,
    advanced: true,
    address: true,
    placeholder: 'https://sentry.io',
    hint: 'Only if you host Sentry yourselves, or keep your data in a region: https://us.sentry.io, https://de.sentry.io.',
    clean: cleanBase,
    wrong: 'Enter an address, like https://sentry.example.com.',
  },
  {
    name: 'webhookSecret',
    label: 'Client secret',
    secret: true,
    optional: true,
    advanced: true,
    hint: 'The integration’s Client Secret. Sentry signs its webhooks with it.',
  },
]

const scopes: readonly Scope[] = [
  { name: 'org:read', why: 'To find the organization and what it is called. In Sentry: Organization, Read.' },
  {
    name: 'project:read',
    why: 'To list projects and to say which one an issue is in. In Sentry: Project, Read.',
    optional: true,
    limits: 'Projects cannot be listed, so none can be allowed on boards.',
    impliedBy: ['project:write', 'project:admin'],
  },
  {
    name: 'event:read',
    why: 'To read issues and their events: title, level, how often and how many users. In Sentry: Issue & Event, Read.',
    optional: true,
    limits: 'Issues and events are not shown.',
    impliedBy: ['event:write', 'event:admin'],
  },
]

/** Events are kept for some time only: one that is not there any more is no refusal. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ProviderFailure && error.failure === 'not_found')) throw error
}

// Asked as Plugboard asks later. An organization without any issue has no event to read, and that proves as much.
const anyIssues = { schema: z.array(Issue), query: { limit: 1, query: '' } }
const checks: readonly Check[] = [
  {
    label: ({ organization }) => `Organization “${organization}” found`,
    scope: 'org:read',
    ask: (api) => readOrganization(api),
  },
  { label: () => 'Can read projects', scope: 'project:read', ask: (api) => projectPage(api) },
  { label: () => 'Can read issues', scope: 'event:read', ask: (api) => api('/issues/', anyIssues) },
  {
    label: () => 'Can read events',
    scope: 'event:read',
    ask: async (api) => {
      const [issue] = await api('/issues/', anyIssues)
      return issue && readEvent(api, issue, 'latest').catch(unlessGone)
    },
  },
]

const Told = z.object({ org: z.string().regex(slug), region_url: z.string().nullish(), url: z.string().nullish() })

/** Whose an organization token is: the part between its underscores says so. */
function ownerOf(token: string): string {
  const middle = token.slice('sntrys_'.length, token.lastIndexOf('_'))
  try {
    const { org, region_url, url } = Told.parse(JSON.parse(Buffer.from(middle, 'base64').toString('utf8')))
    const host = URL.parse(region_url || url || '')?.hostname
    return ` of “${org}”${host ? ` at ${host}` : ''}`
  } catch {
    return ''
  }
}

const INSTEAD = 'Create an internal integration and paste its token instead.'

/** What kinds of token never read an issue, by how they look (docs.sentry.io/account/auth-tokens). */
function refuse({ token = '' }: Config): { field: string; detail: string } | null {
  const told = (detail: string) => ({ field: 'token', detail: `${detail} ${INSTEAD}` })
  if (token.startsWith('sntrys_'))
    return told(`This is an organization token${ownerOf(token)}: it is for CI and cannot read issues.`)
  if (token.startsWith('sntrya_')) return told('This token belongs to an app that somebody authorized in Sentry.')
  if (/^https?:\/\/[^/\s]+@/.test(token))
    return told('This is a DSN: applications report errors with it, and it reads nothing.')
  if (/^[0-9a-f]{32}$/i.test(token)) return told('This is an API key of older Sentrys, which reads no issues here.')
  return null
}

export const secret: Secret = {
  type: 'api_key',
  noun: 'key',
  // Sentry puts the organization in itself, and asks which where there are several
  makeAt: 'https://sentry.io/orgredirect/organizations/:orgslug/settings/developer-settings/',
  makeLabel: 'Create a token in Sentry',
  fields,
  scopes,
  refuse,
  checks,
  grant: ({ token = '', organization = '', baseUrl = '', webhookSecret = '' }) => ({
    token,
    ...(webhookSecret === '' ? {} : { webhookSecret }),
    config: { organization, ...(baseUrl === '' ? {} : { baseUrl }) },
  }),
}
