import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Place } from '#lib/providers/source-ids.ts'
import { repositoryPath, WebUrl } from './repositories.ts'

const About = z.object({
  type: z.enum(['file', 'dir', 'symlink', 'submodule']),
  name: z.string(),
  path: z.string(),
  size: z.number(),
  sha: z.string(),
  html_url: WebUrl.nullish(),
  submodule_git_url: z.string().nullish(),
})
export type Entry = z.infer<typeof About>
const RepositoryFile = About.extend({ encoding: z.string().optional(), content: z.string().optional() })
export type RepositoryFile = z.infer<typeof RepositoryFile>
const Refused = z.object({ message: z.string() })
const Contents = z.union([z.array(About), RepositoryFile, Refused])

const addressOf = ({ owner, name, path }: Place): string =>
  [repositoryPath(owner, name), 'contents', ...path.split('/').filter(Boolean).map(encodeURIComponent)].join('/')

/** What stands at a place: a file, or the entries of a directory (docs.github.com/rest/repos/contents). */
async function ask(api: Api, place: Place): Promise<Entry[] | RepositoryFile> {
  const found = await api(addressOf(place), {
    schema: Contents,
    query: { ref: place.ref || undefined },
    accept: [404, 409],
  })
  if (!('message' in found)) return found
  // A repository without a commit answers 404 or 409 and says so: an empty directory.
  if (place.path === '' && /\bempty\b/i.test(found.message)) return []
  throw new ProviderFailure('not_found', { status: 404 })
}

/** The place with the branch that its ref and path begin with; at most one can, since a ref is no folder of another. */
async function withSlashedRef(api: Api, place: Place): Promise<Place | null> {
  const whole = place.path === '' ? place.ref : `${place.ref}/${place.path}`
  const branches = await api(`${repositoryPath(place.owner, place.name)}/branches`, {
    schema: z.array(z.object({ name: z.string() })),
    query: { per_page: 100 },
  })
  const branch = branches.find(({ name }) => name.startsWith(`${place.ref}/`) && `${whole}/`.startsWith(`${name}/`))
  return branch ? { ...place, ref: branch.name, path: whole.slice(branch.name.length + 1) } : null
}

/** What stands at a place, and the place as it turned out: a pasted link does not tell where its ref ends. */
export async function contentsAt(api: Api, place: Place): Promise<{ place: Place; found: Entry[] | RepositoryFile }> {
  try {
    return { place, found: await ask(api, place) }
  } catch (error) {
    // what is forbidden takes the same calls as what is missing: the time of an answer tells nobody which it was
    const isClosed =
      error instanceof ProviderFailure && (error.failure === 'not_found' || error.failure === 'forbidden')
    if (!isClosed || place.ref === '' || place.path === '') throw error
    const other = await withSlashedRef(api, place)
    if (!other) throw error
    return { place: other, found: await ask(api, other) }
  }
}

/** Listings of this API version call a submodule a file; only its own address gives it away. */
export const typeOf = ({ type, submodule_git_url }: Entry): Entry['type'] =>
  type === 'file' && submodule_git_url ? 'submodule' : type
