import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { NumberId, placeOf, RepositoryId, repositoryPath } from './ids.ts'
import { pullRequestLink } from './links.ts'
import { readPage } from './paging.ts'
import { allWords } from './query.ts'
import { findRepository, inRepository, namesOf, type Repository, repositoryPage, WebUrl } from './repositories.ts'

const MAX_EXCERPT = 200

const Person = z.object({ display_name: z.string().nullish() }).nullish()
const Side = z.object({ branch: z.object({ name: z.string().nullish() }).nullish() }).nullish()

/** What is read of a pull request (developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests). */
const PullRequest = z.object({
  id: z.number().int(),
  title: z.string(),
  state: z.string(),
  draft: z.boolean().nullish(),
  summary: z.object({ raw: z.string().nullish() }).nullish(),
  author: Person,
  reviewers: z.array(Person).nullish(),
  comment_count: z.number().nullish(),
  source: Side,
  destination: Side,
  updated_on: z.string().nullish(),
  links: z.object({ html: z.object({ href: WebUrl }) }),
})
type PullRequest = z.infer<typeof PullRequest>

/** Somebody without a name may have their address for one, which is nobody else's to read. */
function nameOf(person: z.infer<typeof Person>): string {
  const name = person?.display_name?.trim() ?? ''
  return name.includes('@') ? 'somebody' : name
}

const stateOf = ({ state, draft }: PullRequest): string =>
  state === 'OPEN' && draft === true ? 'draft' : state.toLowerCase()

function toResource(repository: Repository, pull: PullRequest): Resource {
  const names = namesOf(repository)
  return {
    kind: 'pull_request',
    id: NumberId.write(...names, pull.id),
    title: `#${pull.id} ${pull.title}`,
    url: pull.links.html.href,
    parent: RepositoryId.write(...names),
    ...inRepository(repository),
    updatedAt: pull.updated_on ?? undefined,
    excerpt: pull.summary?.raw?.trim().slice(0, MAX_EXCERPT) || undefined,
    body: {
      number: pull.id,
      state: stateOf(pull),
      author: nameOf(pull.author),
      comments: pull.comment_count ?? 0,
      base: pull.destination?.branch?.name ?? '',
      head: pull.source?.branch?.name ?? '',
      reviewers: (pull.reviewers ?? []).map(nameOf).filter(Boolean),
    },
  }
}

// Only those that are open are told unless each state is named.
const STATES = 'state=OPEN&state=MERGED&state=DECLINED&state=SUPERSEDED'

type At = { cursor?: string; since?: Date; q?: string | undefined }

async function pullPage(api: Api, parent: string, { cursor, since, q }: At): Promise<Page> {
  const { owner, name } = placeOf(parent)
  const home = repositoryPath(api, owner, name)
  const [repository, { values, nextCursor }] = await Promise.all([
    findRepository(api, owner, name),
    readPage(api, `${home}/pullrequests?${STATES}`, {
      item: PullRequest,
      query: { sort: '-updated_on', pagelen: 50, q }, // 50 is the most there
      cursor,
    }),
  ])
  const isRecent = ({ updated_on }: PullRequest) => !since || !updated_on || new Date(updated_on) >= since
  const items = values.filter(isRecent)
  const isOver = items.length < values.length // the list is ordered, so the first that is too old ends it
  return { items: items.map((pull) => toResource(repository, pull)), ...(isOver ? {} : { nextCursor }) }
}

/** `#12` and `12` are a number, anything else words of the title. */
function filterFor(typed: string): string | undefined {
  const [, number] = /^#?(\d{1,9})$/.exec(typed.trim()) ?? []
  return number === undefined ? allWords('title', typed) : `id=${number}`
}

const LOOKED_IN = 5

/** No list has all that are in a workspace: without a repository, those that changed last are looked in. */
async function search(
  api: Api,
  typed: string,
  { parent, cursor }: { parent?: string; cursor?: string },
): Promise<Page> {
  const q = filterFor(typed)
  if (parent) return pullPage(api, parent, { ...(cursor ? { cursor } : {}), q })
  const { values } = await repositoryPage(api, { pagelen: LOOKED_IN })
  const ids = values.map((repository) => RepositoryId.write(...namesOf(repository)))
  const pages = await Promise.all(ids.map((id) => pullPage(api, id, { q })))
  return { items: pages.flatMap(({ items }) => items) }
}

async function readPull(api: Api, id: string): Promise<Resource> {
  const [workspace, slug, number] = NumberId.read(id)
  const home = repositoryPath(api, workspace, slug)
  const [repository, pull] = await Promise.all([
    findRepository(api, workspace, slug),
    api(`${home}/pullrequests/${number}`, { schema: PullRequest }),
  ])
  return toResource(repository, pull)
}

export const pullRequests: Reader = {
  kind: 'pull_request',
  name: 'Pull request',
  list: async (api, { parent, ...at }) => (parent ? pullPage(api, parent, at) : { items: [] }),
  search,
  searchOnDemand: true, // it takes a call for each repository
  read: readPull,
  match: pullRequestLink,
}
