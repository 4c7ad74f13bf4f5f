export type Entry = { mode: string; type: 'blob' | 'tree' | 'commit'; name: string; sha: string }
export type Person = { name: string; email: string; date: string }
export type Commit = {
  sha: string
  tree: string
  parents: string[]
  message: string
  author: Person
  committer: Person
}
type Branch = { name: string; sha: string }

/** What a git repository can be asked; an unknown or hidden object is null. */
export type Repository = {
  defaultBranch(): Promise<string>
  branches(): Promise<Branch[]>
  commit(sha: string): Promise<Commit | null>
  tree(sha: string): Promise<Entry[] | null>
  blob(sha: string): Promise<Buffer | null>
  /** Bytes of a blob, without keeping its content. */
  size(sha: string): Promise<number>
  /** The full name behind the first characters (4 at least) of a commit's. */
  expand(prefix: string): Promise<string | null>
}

export type TreePath = Entry & { path: string }

/** The commit that a branch name, a full name or an abbreviation means; without a ref, the default branch's. */
export async function resolve(repository: Repository, ref?: string): Promise<Commit | null> {
  const wanted = (ref ?? (await repository.defaultBranch())).replace(/^(refs\/)?heads\//, '')
  const branch = (await repository.branches()).find(({ name }) => name === wanted)
  if (branch) return repository.commit(branch.sha)
  if (!/^[0-9a-f]{4,40}$/.test(wanted)) return null
  const sha = wanted.length === 40 ? wanted : await repository.expand(wanted)
  return sha === null ? null : repository.commit(sha)
}

/** The entry at a path below a tree; the empty path is the tree itself. */
export async function entryAt(repository: Repository, tree: string, path: string): Promise<Entry | null> {
  let found: Entry = { mode: '040000', type: 'tree', name: '', sha: tree }
  for (const name of path.split('/').filter(Boolean)) {
    const entries = found.type === 'tree' ? await repository.tree(found.sha) : null
    const next = entries?.find((entry) => entry.name === name)
    if (!next) return null
    found = next
  }
  return found
}

/** Every entry below a tree, folders before what is in them, in git's order. */
export async function walk(
  repository: Repository,
  tree: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<TreePath[]> {
  const found: TreePath[] = []
  async function visit(sha: string, prefix: string): Promise<void> {
    for (const entry of (await repository.tree(sha)) ?? []) {
      if (found.length >= limit) return
      const path = prefix + entry.name
      found.push({ ...entry, path })
      if (entry.type === 'tree') await visit(entry.sha, `${path}/`)
    }
  }
  await visit(tree, '')
  return found
}

/** A commit and its ancestors, newest first. */
export async function* history(repository: Repository, from: Commit): AsyncGenerator<Commit> {
  const waiting = [from]
  const seen = new Set([from.sha])
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    yield next
    for (const sha of next.parents) {
      const parent = seen.has(sha) ? null : await repository.commit(sha)
      seen.add(sha)
      if (!parent) continue
      const later = waiting.findIndex((other) => other.committer.date < parent.committer.date)
      waiting.splice(later < 0 ? waiting.length : later, 0, parent)
    }
  }
}
