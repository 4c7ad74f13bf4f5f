import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { NumberId, placeOf, RepositoryId } from './ids.ts'
import { issueLink, pullRequestLink } from './links.ts'
import { readPage } from './paging.ts'
import { repositoryPath, WebUrl } from './repositories.ts'
import { narrowed, searchPage } from './search.ts'

const MAX_EXCERPT = 200
const Person = z.object({ login: z.string() }).nullish()

/** What issues and pull requests have in common (docs.github.com/rest/issues/issues). */
const Issue = z.object({
  number: z.number().int(),
  title: z.string(),
  html_url: WebUrl,
  state: z.string(),
  state_reason: z.string().nullish(),
  draft: z.boolean().optional(),
  user: Person,
  assignees: z.array(z.object({ login: z.string() })).nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])).optional(),
  comments: z.number().optional(),
  body: z.string().nullish(),
  updated_at: z.string(),
  pull_request: z.object({ merged_at: z.string().nullish() }).optional(),
})
type Issue = z.infer<typeof Issue>
const PullRequest = Issue.extend({
  merged_at: z.string().nullish(),
  base: z.object({ ref: z.string() }).optional(),
  head: z.object({ ref: z.string() }).optional(),
  requested_reviewers: z.array(z.object({ login: z.string() })).nullish(),
  changed_files: z.number().optional(),
  additions: z.number().optional(),
  deletions: z.number().optional(),
})
type PullRequest = z.infer<typeof PullRequest>

/** Owner and name out of .../OWNER/NAME/issues/7; a search does not say them apart. */
function repositoryOf(item: Issue): [owner: string, name: string] {
  const [owner = '', name = ''] = new URL(item.html_url).pathname.split('/').slice(-4)
  return [owner, name]
}

const labelsOf = ({ labels = [] }: Issue): string[] =>
  labels.flatMap((label) => (typeof label === 'string' ? label : (label.name ?? [])))
const logins = (people: readonly { login: string }[] | null | undefined): string[] =>
  (people ?? []).map(({ login }) => login)

function toResource(kind: 'issue' | 'pull_request', item: Issue, state: string, more: Resource['body']): Resource {
  const [owner, name] = repositoryOf(item)
  return {
    kind,
    id: NumberId.write(owner, name, item.number),
    title: `#${item.number} ${item.title}`,
    url: item.html_url,
    parent: RepositoryId.write(owner, name),
    container: `${owner}/${name}`,
    updatedAt: item.updated_at,
    excerpt: item.body?.trim().slice(0, MAX_EXCERPT) || undefined,
    body: {
      number: item.number,
      state,
      author: item.user?.login ?? '',
      assignees: logins(item.assignees),
      labels: labelsOf(item),
      comments: item.comments ?? 0,
      ...more,
    },
  }
}

// the address of an issue also leads to a pull request, and the answer says so
const issueResource = (issue: Issue): Resource =>
  toResource('issue', issue, issue.pull_request ? pullState(issue) : issue.state, {
    stateReason: issue.state_reason ?? '',
  })

function pullState(pull: Issue & Pick<PullRequest, 'merged_at'>): string {
  if (pull.merged_at || pull.pull_request?.merged_at) return 'merged'
  return pull.state === 'open' && pull.draft ? 'draft' : pull.state
}

const pullResource = (pull: PullRequest): Resource =>
  toResource('pull_request', pull, pullState(pull), {
    base: pull.base?.ref ?? '',
    head: pull.head?.ref ?? '',
    reviewers: logins(pull.requested_reviewers),
    ...(pull.changed_files === undefined ? {} : { changedFiles: pull.changed_files }),
    ...(pull.additions === undefined ? {} : { additions: pull.additions, deletions: pull.deletions ?? 0 }),
  })

type At = { parent?: string; cursor?: string; since?: Date }

async function listIssues(api: Api, { parent, cursor, since }: At): Promise<Page> {
  if (!parent) return { items: [] }
  const { owner, name } = placeOf(parent)
  const { value, nextCursor } = await readPage(api, `${repositoryPath(owner, name)}/issues`, {
    schema: z.array(Issue),
    query: { state: 'all', sort: 'updated', direction: 'desc', since: since?.toISOString() },
    cursor,
  })
  // This list holds the pull requests as well.
  return { items: value.filter(({ pull_request }) => !pull_request).map(issueResource), nextCursor }
}

async function listPulls(api: Api, { parent, cursor, since }: At): Promise<Page> {
  if (!parent) return { items: [] }
  const { owner, name } = placeOf(parent)
  const { value, nextCursor } = await readPage(api, `${repositoryPath(owner, name)}/pulls`, {
    schema: z.array(PullRequest),
    query: { state: 'all', sort: 'updated', direction: 'desc' },
    cursor,
  })
  // This list takes no `since`; it is ordered, so the first that is too old ends it.
  const isRecent = ({ updated_at }: PullRequest) => !since || new Date(updated_at) >= since
  const items = value.filter(isRecent)
  return { items: items.map(pullResource), ...(items.length === value.length ? { nextCursor } : {}) }
}

const searchFor =
  (qualifier: 'is:issue' | 'is:pr', toItem: (item: Issue) => Resource): Reader['search'] =>
  async (api, query, { parent = '', cursor }) => {
    const q = `${await narrowed(api, query, parent, false)} ${qualifier}`
    const { items, nextCursor } = await searchPage(api, '/search/issues', { q, item: Issue, perPage: 20, cursor })
    return { items: items.map(toItem), nextCursor }
  }

const at = (id: string, section: 'issues' | 'pulls'): string => {
  const [owner, name, number] = NumberId.read(id)
  return `${repositoryPath(owner, name)}/${section}/${number}`
}

export const issues: Reader = {
  kind: 'issue',
  name: 'Issue',
  list: listIssues,
  search: searchFor('is:issue', issueResource),
  searchOnDemand: true, // 30 requests a minute for all searches together
  read: async (api, id) => issueResource(await api(at(id, 'issues'), { schema: Issue })),
  match: issueLink,
}

export const pullRequests: Reader = {
  kind: 'pull_request',
  name: 'Pull request',
  list: listPulls,
  search: searchFor('is:pr', pullResource),
  searchOnDemand: true,
  read: async (api, id) => pullResource(await api(at(id, 'pulls'), { schema: PullRequest })),
  match: pullRequestLink,
}
