import { type Repository, walk } from './repository.ts'

/** What happened to one file between two trees. `patch` is null for binary or large files. */
export type FileChange = {
  path: string
  sha: string
  status: 'added' | 'removed' | 'modified'
  additions: number
  deletions: number
  patch: string | null
}

const LARGEST_LINES = 3000

/** The files that differ between two trees (null is the empty one), in path order. */
export async function changesBetween(git: Repository, before: string | null, after: string): Promise<FileChange[]> {
  const [old, current] = await Promise.all([before === null ? [] : walk(git, before), walk(git, after)])
  const was = new Map(old.flatMap(({ path, sha, type }) => (type === 'blob' ? [[path, sha] as const] : [])))
  const is = new Map(current.flatMap(({ path, sha, type }) => (type === 'blob' ? [[path, sha] as const] : [])))
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path)).sort()
  return Promise.all(
    paths.map(async (path) => {
      const [from, to] = [was.get(path), is.get(path)]
      const [a, b] = await Promise.all([linesOf(git, from), linesOf(git, to)])
      const status = from === undefined ? 'added' : to === undefined ? 'removed' : 'modified'
      return { path, sha: to ?? from ?? '', status, ...compare(a, b) } as const
    }),
  )
}

async function linesOf(git: Repository, sha: string | undefined): Promise<string[] | null> {
  const content = sha === undefined ? '' : await git.blob(sha)
  const text = content?.toString() ?? ''
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  return text.includes('\0') || lines.length > LARGEST_LINES ? null : lines
}

// Lines shared at both ends stay; what is between is shown as one hunk. Coarser than git's own diff, and always right.
function compare(a: string[] | null, b: string[] | null): Pick<FileChange, 'additions' | 'deletions' | 'patch'> {
  if (a === null || b === null) return { additions: 0, deletions: 0, patch: null }
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  const removed = a.slice(start, a.length - end)
  const added = b.slice(start, b.length - end)
  const lead = a.slice(Math.max(0, start - 3), start)
  const tail = a.slice(a.length - end, a.length - end + 3)
  const range = (lines: number) =>
    `${lead.length + lines + tail.length === 0 ? 0 : start - lead.length + 1},${lead.length + lines + tail.length}`
  const patch = [
    `@@ -${range(removed.length)} +${range(added.length)} @@`,
    ...lead.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...tail.map((line) => ` ${line}`),
  ]
  return { additions: added.length, deletions: removed.length, patch: patch.join('\n') }
}
