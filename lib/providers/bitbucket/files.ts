import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { noLines, type Preview, preview } from '#lib/providers/source-lines.ts'
import { isDirectory, listEntries, readDirectory } from './directories.ts'
import { DirectoryId, FileId, parentId } from './ids.ts'
import { fileLink } from './links.ts'
import { inRepository } from './repositories.ts'
import { Entry, pageOf, readAt } from './source.ts'

const MAX_SIZE = 1_000_000

// What is kept elsewhere for its size (LFS) is answered with a redirect to another host, which is not followed.
const omissions: [string, NonNullable<Preview['omitted']>][] = [
  ['link', 'symlink'],
  ['subrepository', 'submodule'],
  ['lfs', 'too_large'],
  ['binary', 'binary'],
]

/** A byte that no text has, or one that is no UTF-8. */
const isText = (content: string): boolean => !content.includes('\u0000') && !content.includes('\ufffd')

async function previewOf(api: Api, address: string, entry: Entry, lines: [from: number, to: number]): Promise<Preview> {
  const [, omitted] = omissions.find(([attribute]) => entry.attributes?.includes(attribute)) ?? []
  if (omitted) return noLines(lines[0], omitted)
  if ((entry.size ?? 0) > MAX_SIZE) return noLines(lines[0], 'too_large')
  const content = await api(address, { schema: z.string(), as: 'text' })
  return isText(content) ? preview(content, ...lines) : noLines(lines[0], 'binary')
}

const fragment = (from: number, to: number): string => (from === 0 ? '' : `#lines-${from}${to > from ? `:${to}` : ''}`)

async function readFile(api: Api, id: string): Promise<Resource> {
  const [owner, name, ref, path, from, to] = FileId.read(id)
  const source = await readAt(api, { owner, name, ref, path }, async ({ address }) => {
    const entry = await api(`${address}?format=meta`, { schema: Entry })
    return isDirectory(entry) ? null : { entry, shown: await previewOf(api, address, entry, [from, to]) }
  })
  if (!source) throw new ProviderFailure('not_found')
  const { repository, place, found } = source
  // people leave out the slash by which the address of a directory is told
  if (!found) return readDirectory(api, DirectoryId.write(owner, name, ref, path))
  return {
    kind: 'file',
    id,
    title: place.path.split('/').at(-1) ?? place.path,
    url: `${pageOf(source)}${fragment(from, to)}`,
    parent: parentId({ ...place, ref: ref === '' ? '' : place.ref }),
    ...inRepository(repository),
    body: {
      path: place.path,
      ref: place.ref,
      commit: found.entry.commit?.hash ?? '',
      size: found.entry.size ?? 0,
      ...found.shown,
    },
  }
}

export const files: Reader = {
  kind: 'file',
  name: 'File',
  list: (api, at) => listEntries(api, at, (entry) => !isDirectory(entry)),
  read: readFile,
  match: fileLink,
}
