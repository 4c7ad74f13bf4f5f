import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import type { Place } from '#lib/providers/source-ids.ts'
import { noLines, type Preview, preview } from '#lib/providers/source-lines.ts'
import { contentsAt, type RepositoryFile } from './contents.ts'
import { entryResource, pageOfEntries } from './directories.ts'
import { FileId, parentId, placeOf } from './ids.ts'
import { fileLink } from './links.ts'
import { repositoryPath } from './repositories.ts'

/** The text of a file; null when it is none. */
function toText(content: string): string | null {
  const bytes = Buffer.from(content, 'base64') // skips the line breaks that GitHub puts in
  if (bytes.subarray(0, 8000).includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The lines of a file that is one, and a text. */
function previewOf(file: RepositoryFile, from: number, to: number): Preview {
  if (file.type === 'symlink' || file.type === 'submodule') return noLines(from, file.type)
  // Above 1 MB the answer holds no content (docs.github.com/rest/repos/contents).
  if (file.encoding !== 'base64' || file.content === undefined) return noLines(from, 'too_large')
  const text = toText(file.content)
  return text === null ? noLines(from, 'binary') : preview(text, from, to)
}

const Commits = z.array(
  z.object({ sha: z.string(), commit: z.object({ committer: z.object({ date: z.string() }).nullish() }) }),
)

/** The last commit that touched a file: what its content stands at. */
async function lastCommit(api: Api, { owner, name, ref, path }: Place) {
  const query = { path, sha: ref || undefined, per_page: 1 }
  const [last] = await api(`${repositoryPath(owner, name)}/commits`, { schema: Commits, query })
  return { sha: last?.sha ?? '', date: last?.commit.committer?.date }
}

/** The ref that a file's own address names, where the id leaves it to the default branch. */
function refIn(address: string | null | undefined, path: string): string {
  const [, after = ''] = /\/blob\/(.*)$/.exec(address ? new URL(address).pathname : '') ?? []
  const segments = path.split('/').length
  const ref = after.split('/').slice(0, -segments).join('/')
  return ref
}

const fragment = (from: number, to: number): string => (from === 0 ? '' : `#L${from}${to > from ? `-L${to}` : ''}`)

async function readFile(api: Api, id: string): Promise<Resource> {
  const [owner, name, asked, askedPath, from, to] = FileId.read(id)
  const { place, found } = await contentsAt(api, { owner, name, ref: asked, path: askedPath })
  if (Array.isArray(found) || found.type === 'dir') throw new ProviderFailure('not_found')
  const commit = await lastCommit(api, place)
  return {
    kind: 'file',
    id,
    title: found.name,
    url: `${found.html_url ?? ''}${fragment(from, to)}`,
    parent: parentId(place),
    container: `${owner}/${name}`,
    updatedAt: commit.date,
    body: {
      path: found.path,
      ref: place.ref || refIn(found.html_url, found.path),
      commit: commit.sha,
      size: found.size,
      ...previewOf(found, from, to),
    },
  }
}

export const files: Reader = {
  kind: 'file',
  name: 'File',
  list: async (api, { parent, cursor }) => {
    if (!parent) return { items: [] }
    const { place, found } = await contentsAt(api, placeOf(parent))
    const entries = Array.isArray(found) ? found : []
    const own = entries.filter(({ type }) => type !== 'dir')
    return pageOfEntries(
      own.map((entry) => entryResource(place, entry)),
      cursor,
    )
  },
  read: readFile,
  match: fileLink,
}
