import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Place } from '#lib/providers/source-ids.ts'
import { repositoryPath } from './ids.ts'
import { readPage } from './paging.ts'
import { having } from './query.ts'
import { findRepository, type Repository } from './repositories.ts'

/** What stands at a path (developer.atlassian.com/cloud/bitbucket/rest/api-group-source). */
export const Entry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().nullish(),
  attributes: z.array(z.string()).nullish().catch(null),
  commit: z.object({ hash: z.string() }).nullish(),
})
export type Entry = z.infer<typeof Entry>

/** A place as it turned out: its repository, its branch by name, and the address of what stands there. */
export type Source = { repository: Repository; place: Place; address: string }

const Branch = z.object({ name: z.string(), target: z.object({ hash: z.string() }) })

const encoded = (path: string): string => path.split('/').filter(Boolean).map(encodeURIComponent).join('/')

/** What stands for a ref in an address: a branch with slashes in its name only by its commit. */
async function revisionOf(api: Api, home: string, ref: string): Promise<string> {
  if (!ref.includes('/')) return ref
  const { target } = await api(`${home}/refs/branches/${encoded(ref)}`, { schema: Branch })
  return target.hash
}

/** The place with the branch that its ref and path begin with; at most one can, since a ref is no folder of another. */
async function withSlashedRef(api: Api, home: string, place: Place): Promise<Place | null> {
  const whole = `${place.ref}/${place.path}`
  const query = { q: having('name', `${place.ref}/`) }
  const { values } = await readPage(api, `${home}/refs/branches`, { item: z.object({ name: z.string() }), query })
  const branch = values.find(({ name }) => name.startsWith(`${place.ref}/`) && `${whole}/`.startsWith(`${name}/`))
  return branch ? { ...place, ref: branch.name, path: whole.slice(branch.name.length + 1) } : null
}

const isMissing = (error: unknown): boolean => error instanceof ProviderFailure && error.failure === 'not_found'

/**
 * Reads what stands at a place: a pasted link does not always tell where its ref ends. `read` is not asked in a repository
 * without a commit, which has no main branch; that is null.
 */
export async function readAt<T>(
  api: Api,
  at: Place,
  read: (source: Source) => Promise<T>,
): Promise<(Source & { found: T }) | null> {
  const home = repositoryPath(api, at.owner, at.name)
  const repository = await findRepository(api, at.owner, at.name)
  const tried = async (place: Place) => {
    const address = `${home}/src/${encodeURIComponent(await revisionOf(api, home, place.ref))}/${encoded(place.path)}`
    const source = { repository, place, address }
    return { ...source, found: await read(source) }
  }
  const ref = at.ref || (repository.mainbranch?.name ?? '')
  if (ref === '') {
    if (at.path === '') return null
    throw new ProviderFailure('not_found')
  }
  try {
    return await tried({ ...at, ref })
  } catch (error) {
    if (!isMissing(error) || at.ref === '' || at.path === '') throw error
    const other = await withSlashedRef(api, home, at)
    if (!other) throw error
    return tried(other)
  }
}

/** The page of a place, by its branch as people read it. */
export const pageOf = ({ repository, place }: Omit<Source, 'address'>): string =>
  [repository.links.html.href, 'src', encodeURIComponent(place.ref), encoded(place.path)].join('/')
