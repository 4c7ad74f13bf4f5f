import { CodeSearchId, DirectoryId, FileId, NumberId, RepositoryId } from './ids.ts'

// First segments of GitHub's own pages, which would read as an owner.
const reserved = new Set(
  `about account apps codespaces collections contact customer-stories dashboard enterprise events explore features
  gist issues join login logout marketplace new notifications organizations orgs pricing pulls search security sessions
  settings site sponsors stars team topics trending users`.split(/\s+/),
)

/** The decoded segments of a link's path behind the site's address; null when it leads elsewhere. */
function segmentsOf(url: URL): string[] | null {
  if (url.host !== 'github.com') return null
  try {
    return url.pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return null
  }
}

function insideRepository(url: URL): { owner: string; name: string; rest: string[] } | null {
  const [owner, name, ...rest] = segmentsOf(url) ?? []
  if (!owner || !name || reserved.has(owner.toLowerCase())) return null
  return { owner, name: name.replace(/\.git$/, ''), rest }
}

/** github.com/o/r */
export function repositoryLink(url: URL): string | null {
  const found = insideRepository(url)
  return found && found.rest.length === 0 ? RepositoryId.check([found.owner, found.name]) : null
}

/**
 * github.com/o/r/tree/REF/PATH. A ref may hold slashes itself, which the address does not tell: the first segment is
 * taken for it, and reading tries the branches.
 */
export function directoryLink(url: URL): string | null {
  const found = insideRepository(url)
  if (found?.rest[0] !== 'tree') return null
  const [, ref, ...path] = found.rest
  return ref ? DirectoryId.check([found.owner, found.name, ref, path.join('/')]) : null
}

/** github.com/o/r/blob/REF/PATH#L10-L20; the ref as in a directory's link. */
export function fileLink(url: URL): string | null {
  const found = insideRepository(url)
  if (found?.rest[0] !== 'blob') return null
  const [, ref, ...path] = found.rest
  const [, first, last] = /^#L(\d{1,7})(?:C\d+)?(?:-L(\d{1,7})(?:C\d+)?)?$/.exec(url.hash) ?? []
  const [from = 0, to = 0] = [first, last]
    .filter((line) => line !== undefined)
    .map(Number)
    .sort((a, b) => a - b)
  return ref ? FileId.check([found.owner, found.name, ref, path.join('/'), from, to]) : null
}

const numbered =
  (section: string) =>
  (url: URL): string | null => {
    const found = insideRepository(url)
    const [where, number = ''] = found?.rest ?? []
    return found && where === section && /^\d+$/.test(number)
      ? NumberId.check([found.owner, found.name, Number(number)])
      : null
  }
/** github.com/o/r/issues/7 */
export const issueLink = numbered('issues')
/** github.com/o/r/pull/7, also one of its tabs. */
export const pullRequestLink = numbered('pull')

/** github.com/search?type=code&q=..., or the same inside a repository. */
export function codeSearchLink(url: URL): string | null {
  const query = url.searchParams.get('q')?.trim()
  if (!query || url.searchParams.get('type') !== 'code') return null
  const segments = segmentsOf(url)
  if (segments?.length === 1 && segments[0] === 'search') return CodeSearchId.check([query, ''])
  const found = insideRepository(url)
  if (found?.rest.length !== 1 || found.rest[0] !== 'search') return null
  const within = RepositoryId.check([found.owner, found.name])
  return within && CodeSearchId.check([query, within])
}
