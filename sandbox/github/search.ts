import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, invalid, partialResults, permissionOf } from './access.ts'
import { shownIssue } from './issue-shapes.ts'
import { isLanguage, languageOf } from './languages.ts'
import { linkHeader, pageOf } from './paging.ts'
import { fullRepository, lastPush } from './repository-shapes.ts'
import { type Query, readQuery, searched } from './search-query.ts'
import { apiUrl } from './shapes.ts'
import type { Issue, Repository } from './state.ts'

type Endpoint = Handler<Context>
type Call = Parameters<Endpoint>[0]
type Hit<Item> = { item: Item; score: number }

const REACHABLE = 1000

/** One page of hits, in the envelope every search shares; only the first thousand can be reached. */
export async function found<Item>(
  call: Call,
  context: Context,
  kind: string,
  hits: readonly Hit<Item>[],
  show: (item: Item) => unknown,
  more: object = {},
) {
  const { page, perPage } = pageOf(call)
  if ((page - 1) * perPage >= REACHABLE) throw invalid({ message: 'Only the first 1000 search results are available' })
  const shown = hits.slice((page - 1) * perPage, Math.min(page * perPage, REACHABLE))
  const items = await Promise.all(shown.map(async ({ item, score }) => Object.assign({}, await show(item), { score })))
  const link = linkHeader(call, `${apiUrl(context.state.world)}/search/${kind}`, Math.min(hits.length, REACHABLE))
  return json(
    200,
    { total_count: hits.length, incomplete_results: false, ...more, items },
    { ...partialResults(context), ...link },
  )
}

/** GET /search/issues: issues and pull requests of every repository the caller sees. */
export const searchIssues: Endpoint = (call, _params, context) => {
  const query = readQuery(call)
  const hits = searched(context, query).flatMap((repository) =>
    repository.issues
      .filter((issue) => fitsIssue(issue, query))
      .map((issue) => ({ item: { repository, issue }, score: weight(query, issue.title, issue.body) })),
  )
  const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const sign = call.query.get('order') === 'asc' ? 1 : -1
  const byTime = (a: Hit<{ issue: Issue }>, b: Hit<{ issue: Issue }>) =>
    (a.item.issue[key] < b.item.issue[key] ? -1 : 1) * sign
  hits.sort(call.query.has('sort') ? byTime : (a, b) => b.score - a.score || byTime(a, b))
  const show = ({ repository, issue }: { repository: Repository; issue: Issue }) =>
    shownIssue(context.state, repository, issue)
  return found(call, context, 'issues', hits, show, { search_type: 'lexical' })
}

function fitsIssue(issue: Issue, { terms, qualifiers, excluded }: Query): boolean {
  const places = qualifiers.in ?? ['title', 'body']
  const text = [places.includes('title') ? issue.title : '', places.includes('body') ? issue.body : '']
    .join('\n')
    .toLowerCase()
  if (!terms.every((term) => text.includes(term))) return false
  const is = (word: string): boolean => {
    if (word === 'issue') return issue.pull === null
    if (word === 'pr' || word === 'pull-request') return issue.pull !== null
    if (word === 'merged') return (issue.pull?.mergedAt ?? null) !== null
    if (word === 'draft') return issue.pull?.isDraft === true
    return word === issue.state
  }
  const tests: Record<string, (value: string) => boolean> = {
    is,
    type: is,
    state: is,
    label: (value) => issue.labels.includes(value),
    author: (value) => issue.user === value,
    assignee: (value) => issue.assignees.includes(value),
    involves: (value) => issue.user === value || issue.assignees.includes(value),
    updated: (value) => isAt(issue.updatedAt, value),
    created: (value) => isAt(issue.createdAt, value),
  }
  return Object.entries(tests).every(
    ([name, test]) => (qualifiers[name] ?? []).every(test) && !(excluded[name] ?? []).some(test),
  )
}

// `>=2026-01-01`, `<2026-01-01` or a single day
function isAt(time: string, wanted: string): boolean {
  const [, sign = '', value = ''] = /^([<>]=?)?(.*)$/.exec(wanted) ?? []
  if (sign.startsWith('>')) return time >= value
  if (sign.startsWith('<')) return time <= value
  return time.startsWith(value)
}

/** GET /search/repositories */
export const searchRepositories: Endpoint = async (call, _params, context) => {
  const { state } = context
  const query = readQuery(call)
  const fitting: (Hit<Repository> & { pushedAt: string })[] = []
  for (const repository of searched(context, query)) {
    if (!(await fitsRepository(repository, query))) continue
    const score = weight(query, repository.name, repository.description)
    fitting.push({ item: repository, score, pushedAt: await lastPush(repository) })
  }
  const sign = call.query.get('order') === 'asc' ? -1 : 1
  const order: Record<string, (a: (typeof fitting)[number], b: (typeof fitting)[number]) => number> = {
    stars: (a, b) => b.item.stars - a.item.stars,
    updated: (a, b) => (a.pushedAt < b.pushedAt ? 1 : -1),
  }
  const compare = order[call.query.get('sort') ?? ''] ?? ((a, b) => b.score - a.score)
  fitting.sort((a, b) => compare(a, b) * sign)
  const show = (repository: Repository) =>
    fullRepository(state, repository, permissionOf(state, context.caller.account?.login, repository))
  return found(call, context, 'repositories', fitting, show)
}

async function fitsRepository(repository: Repository, { terms, qualifiers }: Query): Promise<boolean> {
  const text = `${repository.name}\n${repository.description}\n${repository.topics.join(' ')}`.toLowerCase()
  const language = qualifiers.language === undefined ? null : await languageOf(repository.git)
  const is: Record<string, boolean> = { public: !repository.isPrivate, private: repository.isPrivate }
  return (
    terms.every((term) => text.includes(term)) &&
    (qualifiers.language ?? []).every((wanted) => isLanguage(language, wanted)) &&
    (qualifiers.topic ?? []).every((wanted) => repository.topics.includes(wanted)) &&
    (qualifiers.archived ?? []).every((wanted) => String(repository.isArchived) === wanted) &&
    (qualifiers.is ?? []).every((wanted) => is[wanted] ?? true)
  )
}

const weight = ({ terms }: Query, title: string, text: string): number =>
  1 +
  terms.filter((term) => title.toLowerCase().includes(term)).length * 2 +
  terms.filter((term) => text.toLowerCase().includes(term)).length
