import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { RepositoryId } from './ids.ts'
import { repositoryLink } from './links.ts'
import { readPage } from './paging.ts'

/** An address that may become a link: a browser would run some others. */
export const WebUrl = z.url({ protocol: /^https?$/ })

/** What every answer says of a repository it mentions (docs.github.com/rest/repos/repos). */
export const Mentioned = z.object({
  name: z.string(),
  full_name: z.string(),
  owner: z.object({ login: z.string(), type: z.string().optional() }),
  private: z.boolean(),
  html_url: WebUrl,
})
export const Repository = Mentioned.extend({
  description: z.string().nullish(),
  default_branch: z.string(),
  language: z.string().nullish(),
  visibility: z.string().optional(),
  archived: z.boolean().optional(),
  pushed_at: z.string().nullish(),
  updated_at: z.string().nullish(),
})
export type Repository = z.infer<typeof Repository>

function toResource(repository: Repository): Resource {
  const { owner, name, description, default_branch, language, archived } = repository
  const updatedAt = repository.pushed_at ?? repository.updated_at ?? undefined
  return {
    kind: 'repository',
    id: RepositoryId.write(owner.login, name),
    title: repository.full_name,
    url: repository.html_url,
    isPrivate: repository.private,
    updatedAt,
    excerpt: description ?? undefined,
    body: {
      description: description ?? '',
      defaultBranch: default_branch,
      language: language ?? '',
      visibility: repository.visibility ?? (repository.private ? 'private' : 'public'),
      state: archived ? 'archived' : 'active',
      updatedAt: updatedAt ?? '',
    },
  }
}

/** A page of what the account works on, the last pushed to first. */
export const ownRepositories = (api: Api, cursor?: string) =>
  readPage(api, '/user/repos', {
    schema: z.array(Repository),
    query: { affiliation: 'owner,collaborator,organization_member', sort: 'pushed' },
    cursor,
  })

const ENOUGH = 20
const MAX_PAGES = 3

/** GitHub's own search looks through all the world's repositories; a name among one's own is found in the list. */
async function searchByName(api: Api, query: string, cursor?: string): Promise<Page> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const isMeant = ({ full_name }: Repository) => words.every((word) => full_name.toLowerCase().includes(word))
  const items: Resource[] = []
  let next = cursor
  for (let pages = 0; pages < MAX_PAGES && items.length < ENOUGH; pages++) {
    const { value, nextCursor } = await ownRepositories(api, next)
    items.push(...value.filter(isMeant).map(toResource))
    next = nextCursor
    if (!next) break
  }
  return { items, nextCursor: next }
}

/** Where the API has a repository. */
export const repositoryPath = (owner: string, name: string): string => `/repos/${owner}/${name}`

/** One repository by its names; a renamed one is found under its old ones. */
export const findRepository = (api: Api, owner: string, name: string): Promise<Repository> =>
  api(repositoryPath(owner, name), { schema: Repository })

export const repositories: Reader = {
  kind: 'repository',
  name: 'Repository',
  children: ['directory', 'issue', 'pull_request'],
  list: async (api, { cursor }) => {
    const { value, nextCursor } = await ownRepositories(api, cursor)
    return { items: value.map(toResource), nextCursor }
  },
  search: (api, query, { cursor }) => searchByName(api, query, cursor),
  read: async (api, id) => toResource(await findRepository(api, ...RepositoryId.read(id))),
  match: repositoryLink,
}
