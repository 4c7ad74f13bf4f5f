import { DirectoryId, FileId, NumberId, RepositoryId } from './ids.ts'

// First segments of Bitbucket's own pages, which would read as a workspace.
const reserved = new Set(
  'account api blog dashboard product repo search site snippets socialauth support workspaces xsrf'.split(' '),
)

type Inside = { workspace: string; slug: string; rest: string[] }

/** The decoded segments of a link's path behind the repository; null when it leads elsewhere. */
function inside(url: URL): Inside | null {
  if (url.host !== 'bitbucket.org') return null
  try {
    const [workspace, slug, ...rest] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
    if (!workspace || !slug || reserved.has(workspace.toLowerCase()) || slug === 'workspace') return null
    return { workspace, slug: slug.replace(/\.git$/, ''), rest }
  } catch {
    return null
  }
}

/** bitbucket.org/w/r, also its pages that show it as a whole. */
export function repositoryLink(url: URL): string | null {
  const found = inside(url)
  const [page = 'src', more] = found?.rest ?? []
  return found && more === undefined && ['src', 'overview'].includes(page)
    ? RepositoryId.check([found.workspace, found.slug])
    : null
}

/** bitbucket.org/w/r/src/REF/PATH: a directory's ends with a slash. A ref with slashes is one segment there, or several. */
function sourceAt(url: URL) {
  const { workspace, slug, rest } = inside(url) ?? {}
  const [section, ref, ...path] = rest ?? []
  if (section !== 'src' || !ref) return null
  return { names: [workspace, slug, ref, path.join('/')], isDirectory: path.length === 0 || url.pathname.endsWith('/') }
}

/** .../src/REF/PATH/ */
export function directoryLink(url: URL): string | null {
  const found = sourceAt(url)
  return found?.isDirectory ? DirectoryId.check(found.names) : null
}

/** .../src/REF/PATH#lines-10:20 */
export function fileLink(url: URL): string | null {
  const found = sourceAt(url)
  if (!found || found.isDirectory) return null
  const [, first, last] = /^#lines-(\d{1,7})(?::(\d{1,7}))?$/.exec(url.hash) ?? []
  const [from = 0, to = 0] = [first, last]
    .filter((line) => line !== undefined)
    .map(Number)
    .sort((a, b) => a - b)
  return FileId.check([...found.names, from, to])
}

/** .../pull-requests/7, also one of its tabs. */
export function pullRequestLink(url: URL): string | null {
  const found = inside(url)
  const [section, number = ''] = found?.rest ?? []
  return found && section === 'pull-requests' && /^\d+$/.test(number)
    ? NumberId.check([found.workspace, found.slug, Number(number)])
    : null
}
