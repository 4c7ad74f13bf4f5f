import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Place } from '#lib/providers/source-ids.ts'
import { DirectoryId, FileId, parentId, placeOf } from './ids.ts'
import { directoryLink } from './links.ts'
import { readPage } from './paging.ts'
import { inRepository } from './repositories.ts'
import { Entry, pageOf, readAt, type Source } from './source.ts'

const SHOWN = 10

export const isDirectory = ({ type }: Entry): boolean => type === 'commit_directory'

const nameOf = (path: string): string => path.split('/').at(-1) ?? path

/** An entry of a directory as the palette lists it; `ref` is the one that was asked for, empty for the main branch. */
function entryResource({ repository, place }: Source, ref: string, entry: Entry): Resource {
  const { owner, name } = place
  const isOpen = isDirectory(entry)
  const inside = { owner, name, ref, path: entry.path }
  return {
    kind: isOpen ? 'directory' : 'file',
    id: isOpen ? DirectoryId.write(owner, name, ref, entry.path) : FileId.write(owner, name, ref, entry.path, 0, 0),
    title: nameOf(entry.path),
    url: `${pageOf({ repository, place: { ...place, path: entry.path } })}${isOpen ? '/' : ''}`,
    parent: parentId(inside),
    ...inRepository(repository),
    excerpt: entry.path,
  }
}

/** Directories first, then by name, as people are used to. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  entries.toSorted((a, b) => Number(isDirectory(b)) - Number(isDirectory(a)) || a.path.localeCompare(b.path, 'en'))

/** A page of what is in a directory; null in a repository without a commit. What is a file has nothing in it. */
const entriesAt = (api: Api, at: Place, cursor?: string) =>
  readAt(api, at, async ({ address, place }) => {
    const home = place.path === '' ? address : `${address}/`
    const page = await readPage(api, home, { item: Entry, cursor })
    if (page.values.some(({ path }) => path === place.path)) throw new ProviderFailure('not_found')
    return { ...page, values: inOrder(page.values) }
  })

/** A page of the entries that `isMeant`. */
export async function listEntries(
  api: Api,
  { parent, cursor }: { parent?: string; cursor?: string },
  isMeant: (entry: Entry) => boolean = () => true,
): Promise<Page> {
  if (!parent) return { items: [] }
  const at = placeOf(parent)
  const source = await entriesAt(api, at, cursor)
  if (!source) return { items: [] }
  const { values, nextCursor } = source.found
  const ref = at.ref === '' ? '' : source.place.ref
  return { items: values.filter(isMeant).map((entry) => entryResource(source, ref, entry)), nextCursor }
}

const marks: [string, string][] = [
  ['link', 'symlink'],
  ['subrepository', 'submodule'],
]

/** What an entry is called on a card. */
function typeOf(entry: Entry): string {
  const [, mark] = marks.find(([attribute]) => entry.attributes?.includes(attribute)) ?? []
  return mark ?? (isDirectory(entry) ? 'dir' : 'file')
}

/** A directory with the first of what is in it. */
export async function readDirectory(api: Api, id: string): Promise<Resource> {
  const at = placeOf(id)
  const source = await entriesAt(api, at)
  if (!source) throw new ProviderFailure('not_found')
  const { repository, place, found } = source
  const total = found.size ?? (found.nextCursor === undefined ? found.values.length : null)
  return {
    kind: 'directory',
    id,
    title: nameOf(place.path) || repository.name,
    url: place.path === '' ? pageOf(source) : `${pageOf(source)}/`,
    parent: parentId({ ...place, ref: at.ref === '' ? '' : place.ref }),
    ...inRepository(repository),
    body: {
      path: place.path,
      ref: place.ref,
      ...(total === null ? {} : { total }),
      entries: found.values.slice(0, SHOWN).map((entry) => ({ name: nameOf(entry.path), type: typeOf(entry) })),
    },
  }
}

export const directories: Reader = {
  kind: 'directory',
  name: 'Directory',
  children: ['directory'],
  /** The files too: one walks a tree by one list at each step. */
  list: (api, at) => listEntries(api, at),
  read: readDirectory,
  match: directoryLink,
}
