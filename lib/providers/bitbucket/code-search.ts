import { z } from 'zod'
import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { CodeSearchId, FileId, placeOf, repositoryPath } from './ids.ts'
import { readPage } from './paging.ts'
import { findRepository, inRepository, namesOf, type Repository } from './repositories.ts'
import { pageOf } from './source.ts'

const SHOWN = 5
const ENOUGH = 20
const MAX_FRAGMENT = 400

/** A file that was found, on the main branch of its repository (developer.atlassian.com/cloud/bitbucket/rest/api-group-search). */
const Hit = z.object({
  content_matches: z
    .array(
      z.object({
        lines: z.array(z.object({ segments: z.array(z.object({ text: z.string(), match: z.boolean().optional() })) })),
      }),
    )
    .nullish(),
  file: z.object({
    path: z.string(),
    commit: z.object({ repository: z.object({ full_name: z.string().regex(/^[^/]+\/[^/]+$/) }) }),
  }),
})
type Hit = z.infer<typeof Hit>

const repositoryOf = ({ file }: Hit) => file.commit.repository

/** The first line that has what was looked for. */
function fragmentOf({ content_matches }: Hit): string {
  const lines = (content_matches ?? []).flatMap((match) => match.lines)
  const line = lines.find(({ segments }) => segments.some(({ match }) => match))
  return (line?.segments ?? [])
    .map(({ text }) => text)
    .join('')
    .trim()
    .slice(0, MAX_FRAGMENT)
}

/** Names a place of its own, which may be another than the one it is made in. */
const namesPlace = (query: string): boolean => /\b(?:repo|project)\s*:/i.test(query)

type Found = { hits: Hit[]; nextCursor?: string; message?: string }

async function find(api: Api, query: string, within: string, perPage: number, cursor?: string): Promise<Found> {
  const { name, path } = within === '' ? { name: '', path: '' } : placeOf(within)
  // a path with a space in it would be two words; what is elsewhere is left out here then
  const isWord = /^[^\s"]*$/.test(path)
  const words = [query, ...(name ? [`repo:${name}`] : []), ...(path && isWord ? [`path:${path}`] : [])]
  const { values, nextCursor, ...told } = await readPage(api, `/workspaces/${api.config.workspace ?? ''}/search/code`, {
    item: Hit,
    // without it an answer does not say whose file it is
    query: { search_query: words.join(' '), pagelen: perPage, fields: '+values.file.commit.repository' },
    cursor,
    accept: [400],
  })
  return {
    hits: isWord ? values : values.filter(({ file }) => file.path.startsWith(`${path}/`)),
    ...(nextCursor ? { nextCursor } : {}),
    ...('message' in told ? { message: told.message } : {}),
  }
}

const pageIn = (repository: Repository, path: string): string => {
  const [owner, name] = namesOf(repository)
  return pageOf({ repository, place: { owner, name, ref: repository.mainbranch?.name ?? '', path } })
}

function toFile(repository: Repository, hit: Hit): Resource {
  const { path } = hit.file
  const { containerId } = inRepository(repository)
  return {
    kind: 'file',
    id: FileId.write(...namesOf(repository), '', path, 0, 0),
    title: path.split('/').at(-1) ?? path,
    url: pageIn(repository, path),
    parent: containerId,
    ...inRepository(repository),
    excerpt: path,
    body: { path, fragment: fragmentOf(hit) },
  }
}

/** Files, each with the repository it is in; one that cannot be read is left out. */
async function toFiles(api: Api, hits: readonly Hit[]): Promise<Resource[]> {
  const names = new Set(hits.map((hit) => repositoryOf(hit).full_name))
  const found = await Promise.all(
    [...names].map((name) => unlessRefused(findRepository(api, ...namesOf({ full_name: name })))),
  )
  const known = new Map(found.flatMap((one) => (one ? [[one.full_name, one] as const] : [])))
  return hits.flatMap((hit) => {
    const repository = known.get(repositoryOf(hit).full_name)
    return repository ? [toFile(repository, hit)] : []
  })
}

/** Bitbucket's own page of a search, whose parameter knows a workspace by its number alone. */
function searchPage(api: Api, { workspace }: Repository, q: string): string {
  const query = new URLSearchParams({ q })
  if (workspace) query.set('account', workspace.uuid)
  return `${api.web}/search?${query}`
}

/**
 * A search of one repository, as a thing by itself. Only what is in that repository is counted and shown: a query is free to
 * name others (`OR`), and what is found there is not everybody's to see.
 */
async function toResource(api: Api, query: string, within: string, { hits, nextCursor }: Found): Promise<Resource> {
  const { owner, name } = placeOf(within)
  const repository = await findRepository(api, owner, name)
  const own = hits.filter((hit) => repositoryOf(hit).full_name === repository.full_name)
  return {
    kind: 'code_search',
    id: CodeSearchId.write(query, within),
    title: query,
    url: searchPage(api, repository, `repo:${name} ${query}`),
    parent: within,
    ...inRepository(repository),
    body: {
      query,
      repository: repository.full_name,
      ...(nextCursor === undefined ? { total: own.length } : {}),
      hits: own.slice(0, SHOWN).map((hit) => ({
        path: hit.file.path,
        repository: repository.full_name,
        url: pageIn(repository, hit.file.path),
        fragment: fragmentOf(hit),
      })),
    },
  }
}

/** The search itself, which can stand on a board where it is of one repository, then the files it finds. */
async function search(api: Api, query: string, at: { parent?: string; cursor?: string }): Promise<Page> {
  const within = namesPlace(query) ? '' : (at.parent ?? '')
  const found = await find(api, query, within, ENOUGH, at.cursor)
  const isThing = within !== '' && at.cursor === undefined && query.trim() !== '' && found.message === undefined
  const itself = isThing ? [await toResource(api, query, within, found)] : []
  const { nextCursor, message } = found
  return { items: [...itself, ...(await toFiles(api, found.hits))], nextCursor, ...(message ? { message } : {}) }
}

async function read(api: Api, id: string): Promise<Resource> {
  const [query, within] = CodeSearchId.read(id)
  if (within === '' || namesPlace(query)) throw new ProviderFailure('not_found')
  const { owner, name } = placeOf(within)
  repositoryPath(api, owner, name)
  return toResource(api, query, within, await find(api, query, within, ENOUGH))
}

export const codeSearch: Reader = {
  kind: 'code_search',
  name: 'Code search',
  search,
  searchOnDemand: true, // what is found has to be asked whose it is, repository by repository
  read,
}
