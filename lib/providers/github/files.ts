import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { contentsAt, type RepositoryFile } from './contents.ts'
import { entryResource, pageOfEntries } from './directories.ts'
import { FileId, type Place, parentId, placeOf } from './ids.ts'
import { fileLink } from './links.ts'
import { repositoryPath } from './repositories.ts'

const MAX_LINES = 12
const MAX_LINE_LENGTH = 400

/** What a card shows of a file. `omitted` says why there are no lines. */
type Preview = { firstLine: number; lines: string[]; omitted?: 'binary' | 'too_large' | 'symlink' | 'submodule' }

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

/** At most twelve lines: those asked for, else from the first on. */
function preview(file: Pick<RepositoryFile, 'type' | 'encoding' | 'content'>, from: number, to: number): Preview {
  const firstLine = from || 1
  const none = { firstLine, lines: [] }
  if (file.type === 'symlink' || file.type === 'submodule') return { ...none, omitted: file.type }
  // Above 1 MB the answer holds no content (docs.github.com/rest/repos/contents).
  if (file.encoding !== 'base64' || file.content === undefined) return { ...none, omitted: 'too_large' }
  const text = toText(file.content)
  if (text === null) return { ...none, omitted: 'binary' }
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const last = Math.min(to || Number.MAX_SAFE_INTEGER, firstLine - 1 + MAX_LINES)
  return { firstLine, lines: lines.slice(firstLine - 1, last).map((line) => line.slice(0, MAX_LINE_LENGTH)) }
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
      ...preview(found, from, to),
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
