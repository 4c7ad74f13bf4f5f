import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { RepositoryId, repositoryPath } from './ids.ts'
import { repositoryLink } from './links.ts'
import { readPage } from './paging.ts'
import { allWords } from './query.ts'

/** An address that may become a link: a browser would run some others. */
export const WebUrl = z.url({ protocol: /^https?$/ })

/** What is read of a repository (developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories). */
const Repository = z.object({
  full_name: z.string().regex(/^[^/]+\/[^/]+$/),
  name: z.string(),
  is_private: z.boolean(),
  description: z.string().nullish(),
  language: z.string().nullish(),
  updated_on: z.string().nullish(),
  mainbranch: z.object({ name: z.string() }).nullish(),
  links: z.object({ html: z.object({ href: WebUrl }) }),
  workspace: z
    .object({
      uuid: z.string(),
      name: z.string().nullish(),
      links: z.object({ html: z.object({ href: WebUrl }) }).nullish(),
    })
    .nullish(),
})
export type Repository = z.infer<typeof Repository>

/** The two parts of a repository's name, as ids and addresses have them. */
export function namesOf({ full_name }: Pick<Repository, 'full_name'>): [workspace: string, slug: string] {
  const [workspace = '', slug = ''] = full_name.toLowerCase().split('/')
  return [workspace, slug]
}

/** What a thing inside a repository says of it. */
export const inRepository = (repository: Repository) => ({
  container: repository.full_name,
  containerId: RepositoryId.write(...namesOf(repository)),
  isPrivate: repository.is_private,
})

function toResource(repository: Repository): Resource {
  const { full_name, description, language, mainbranch, is_private } = repository
  const updatedAt = repository.updated_on ?? undefined
  return {
    kind: 'repository',
    id: RepositoryId.write(...namesOf(repository)),
    title: full_name,
    url: repository.links.html.href,
    isPrivate: is_private,
    updatedAt,
    excerpt: description || undefined,
    body: {
      description: description ?? '',
      defaultBranch: mainbranch?.name ?? '',
      language: language ?? '',
      visibility: is_private ? 'private' : 'public',
      state: 'active',
      updatedAt: updatedAt ?? '',
    },
  }
}

type At = { q?: string | undefined; cursor?: string | undefined; pagelen?: number }

/** A page of the workspace's repositories that the account works on, the last changed first; those of all workspaces are not told any more (410). */
export const repositoryPage = (api: Api, { q, cursor, pagelen = 100 }: At = {}) =>
  readPage(api, `/repositories/${encodeURIComponent(api.config.workspace ?? '')}`, {
    item: Repository,
    query: { role: 'member', sort: '-updated_on', q, pagelen },
    cursor,
  })

async function find(api: Api, at: At): Promise<Page> {
  const { values, nextCursor } = await repositoryPage(api, at)
  return { items: values.map(toResource), nextCursor }
}

/** One repository of the workspace by its names. Throws as repositoryPath. */
export const findRepository = async (api: Api, workspace: string, slug: string): Promise<Repository> =>
  api(repositoryPath(api, workspace, slug), { schema: Repository })

export const repositories: Reader = {
  kind: 'repository',
  name: 'Repository',
  children: ['directory', 'pull_request'],
  list: (api, { cursor }) => find(api, { cursor }),
  search: (api, query, { cursor }) => find(api, { q: allWords('name', query), cursor }),
  read: async (api, id) => toResource(await findRepository(api, ...RepositoryId.read(id))),
  match: repositoryLink,
}
