import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Place } from '#lib/providers/source-ids.ts'
import { contentsAt, type Entry, typeOf } from './contents.ts'
import { DirectoryId, FileId, parentId, placeOf } from './ids.ts'
import { directoryLink } from './links.ts'
import { findRepository } from './repositories.ts'

const SHOWN = 10

/** An entry of a directory as the palette lists it. */
export function entryResource(place: Place, entry: Entry): Resource {
  const { owner, name, ref } = place
  const inside = { owner, name, ref, path: entry.path }
  const isDirectory = entry.type === 'dir'
  return {
    kind: isDirectory ? 'directory' : 'file',
    id: isDirectory
      ? DirectoryId.write(owner, name, ref, entry.path)
      : FileId.write(owner, name, ref, entry.path, 0, 0),
    title: entry.name,
    url: entry.html_url ?? '',
    parent: parentId(inside),
    container: `${owner}/${name}`,
    excerpt: entry.path,
  }
}

const PAGE = 100

/** A page of a directory, whose entries GitHub gives all at once; its cursor is a number of entries. */
export function pageOfEntries(entries: readonly Resource[], cursor: string | undefined): Page {
  const from = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 0
  const end = from + PAGE
  return { items: entries.slice(from, end), ...(end < entries.length ? { nextCursor: String(end) } : {}) }
}

/** Directories first, then by name, as people are used to. */
const inOrder = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((a, b) => Number(b.type === 'dir') - Number(a.type === 'dir') || a.name.localeCompare(b.name, 'en'))

async function entriesAt(api: Api, at: Place): Promise<{ place: Place; entries: Entry[] }> {
  const { place, found } = await contentsAt(api, at)
  if (!Array.isArray(found)) throw new ProviderFailure('not_found')
  return { place, entries: inOrder(found) }
}

async function readDirectory(api: Api, id: string): Promise<Resource> {
  const at = placeOf(id)
  const [repository, { place, entries }] = await Promise.all([
    findRepository(api, at.owner, at.name),
    entriesAt(api, at),
  ])
  const ref = place.ref || repository.default_branch
  const address = ['tree', ...ref.split('/'), ...place.path.split('/')].filter(Boolean).map(encodeURIComponent)
  return {
    kind: 'directory',
    id,
    title: place.path.split('/').at(-1) || repository.name,
    url: [repository.html_url, ...address].join('/'),
    parent: parentId(place),
    container: repository.full_name,
    isPrivate: repository.private,
    body: {
      path: place.path,
      ref,
      total: entries.length,
      entries: entries.slice(0, SHOWN).map((entry) => ({ name: entry.name, type: typeOf(entry) })),
    },
  }
}

export const directories: Reader = {
  kind: 'directory',
  name: 'Directory',
  children: ['directory'],
  /** The files too: one walks a tree by one list at each step. */
  list: async (api, { parent, cursor }) => {
    if (!parent) return { items: [] }
    const { place, entries } = await entriesAt(api, placeOf(parent))
    return pageOfEntries(
      entries.map((entry) => entryResource(place, entry)),
      cursor,
    )
  },
  read: readDirectory,
  match: directoryLink,
}
