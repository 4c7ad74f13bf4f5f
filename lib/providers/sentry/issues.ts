import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { WebUrl } from './identify.ts'
import { isNumber, isShortId, readIssueId } from './ids.ts'
import { issueLink } from './links.ts'
import { readPage } from './paging.ts'
import { toQuery } from './search-query.ts'
import { perDay, trendOf } from './trend.ts'

/** Further back than Sentry looks by itself. */
const PERIOD = '90d'

/** What is read of an issue (docs.sentry.io/api/events/list-an-organizations-issues); `count` is a text there. */
export const Issue = z.object({
  id: z.string().regex(/^\d+$/),
  shortId: z.string().nullish(),
  title: z.string(),
  culprit: z.string().nullish(),
  permalink: WebUrl.nullish().catch(null),
  level: z.string().nullish(),
  status: z.string().nullish(),
  substatus: z.string().nullish(),
  priority: z.string().nullish(),
  count: z.union([z.string(), z.number()]).nullish(),
  userCount: z.number().nullish(),
  firstSeen: z.string().nullish(),
  lastSeen: z.string().nullish(),
  project: z.object({ id: z.string(), slug: z.string(), name: z.string().nullish() }),
  assignedTo: z.object({ type: z.string(), name: z.string().nullish() }).nullish().catch(null),
  isUnhandled: z.boolean().nullish(),
  stats: z.unknown().optional(),
})
export type Issue = z.infer<typeof Issue>

/** Somebody without a name has their address for one, which is nobody else's to read. */
function assigneeOf({ assignedTo }: Issue): string[] {
  if (!assignedTo) return []
  const name = assignedTo.name?.trim() ?? ''
  if (name === '' || name.includes('@')) return ['somebody']
  return [assignedTo.type === 'team' ? `#${name}` : name]
}

/** Where an issue is; some have no address of their own. */
export const issueAddress = (api: Api, { permalink, id }: Issue): string =>
  permalink ?? `${api.config.web ?? ''}/issues/${id}/`

/** What a thing inside a project says of it. */
export const inProject = ({ project }: Issue) => ({ container: project.name || project.slug, containerId: project.id })

function toResource(api: Api, issue: Issue): Resource {
  const hours = perDay(issue.stats)
  return {
    kind: 'issue',
    id: issue.id,
    title: issue.title,
    url: issueAddress(api, issue),
    parent: issue.project.id,
    ...inProject(issue),
    updatedAt: issue.lastSeen ?? undefined,
    excerpt: issue.culprit || undefined,
    body: {
      shortId: issue.shortId ?? '',
      state: issue.status ?? '',
      substate: issue.substatus ?? '',
      level: issue.level ?? '',
      priority: issue.priority ?? '',
      events: Number(issue.count ?? 0) || 0,
      users: issue.userCount ?? 0,
      assignees: assigneeOf(issue),
      firstSeen: issue.firstSeen ?? '',
      lastSeen: issue.lastSeen ?? '',
      hours,
      trend: trendOf(hours),
    },
  }
}

type At = { parent?: string | undefined; cursor?: string | undefined }

// A search that Sentry cannot read is answered with 400 and a sentence: nothing is found.
const Nothing = z.object({ detail: z.unknown() }).transform((): Issue[] => [])

async function issuePage(api: Api, query: string, { parent, cursor }: At): Promise<Page> {
  const { value, nextCursor } = await readPage(api, '/issues/', {
    schema: z.union([z.array(Issue), Nothing]),
    // without a query only those that are unresolved are told
    query: { query, project: parent, statsPeriod: PERIOD, sort: 'date', limit: 100 },
    cursor,
    ...(query === '' ? {} : { accept: [400] }),
  })
  return { items: value.map((issue) => toResource(api, issue)), nextCursor }
}

const Group = z.object({ group: Issue }).transform(({ group }) => group)

/** An issue by its number or by its short id. */
export function readIssue(api: Api, id: string): Promise<Issue> {
  const known = readIssueId(id)
  return isNumber(known)
    ? api(`/issues/${known}/`, { schema: Issue })
    : api(`/shortids/${known.toUpperCase()}/`, { schema: Group })
}

/** The issue whose short id was typed, if there is one; a word with a hyphen alone is none. */
async function byShortId(api: Api, typed: string, parent?: string): Promise<Resource[]> {
  const isMeant = isShortId(typed) && (/\d/.test(typed) || typed === typed.toUpperCase())
  if (!isMeant) return []
  try {
    const issue = await readIssue(api, typed)
    return parent === undefined || issue.project.id === parent ? [toResource(api, issue)] : []
  } catch (error) {
    if (error instanceof ProviderFailure && error.failure === 'not_found') return []
    throw error
  }
}

async function search(api: Api, typed: string, { parent, cursor }: At): Promise<Page> {
  const query = typed.trim()
  const [named, page] = await Promise.all([
    cursor === undefined ? byShortId(api, query, parent) : [],
    issuePage(api, toQuery(query), { parent, cursor }),
  ])
  const others = page.items.filter(({ id }) => !named.some((one) => one.id === id))
  return { ...page, items: [...named, ...others] }
}

export const issues: Reader = {
  kind: 'issue',
  name: 'Issue',
  looks: 'error',
  children: ['event'],
  list: (api, { parent, cursor }) => issuePage(api, '', { parent, cursor }),
  search,
  read: async (api, id) => toResource(api, await readIssue(api, id)),
  match: issueLink,
}
