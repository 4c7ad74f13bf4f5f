import { createHash } from 'node:crypto'
import type { Commit, Entry, Person, Repository } from './repository.ts'

export type Change = { path: string; mode?: string; content: string | Buffer | null; sha?: string }
export type MemoryRepository = Repository & {
  /** Adds a commit at the tip of a branch (made on the first commit, or from `from`) and returns its name. */
  commitTo(
    branch: string,
    input: { author: Person; message: string; changes: readonly Change[]; from?: string; merges?: string },
  ): string
}

type File = { mode: string; sha: string }

/** A git repository in memory: real object names (SHA-1 of git's own encoding), nothing on disk. */
export function memoryRepository(defaultBranch = 'main'): MemoryRepository {
  const blobs = new Map<string, Buffer>()
  const trees = new Map<string, Entry[]>()
  const commits = new Map<string, Commit>()
  const heads = new Map<string, string>()
  const files = new Map<string, Map<string, File>>()

  const storeBlob = (content: string | Buffer) => {
    const bytes = Buffer.from(content)
    const sha = nameOf('blob', bytes)
    blobs.set(sha, bytes)
    return sha
  }

  const storeTree = (all: ReadonlyMap<string, File>): string => {
    const below = new Map<string, Map<string, File>>()
    const entries: Entry[] = []
    for (const [path, file] of all) {
      const [name = '', ...rest] = path.split('/')
      if (rest.length === 0)
        entries.push({ name, mode: file.mode, sha: file.sha, type: file.mode === '160000' ? 'commit' : 'blob' })
      else below.set(name, (below.get(name) ?? new Map<string, File>()).set(rest.join('/'), file))
    }
    for (const [name, inner] of below) entries.push({ name, mode: '040000', type: 'tree', sha: storeTree(inner) })
    entries.sort((a, b) => Buffer.compare(Buffer.from(sortName(a)), Buffer.from(sortName(b))))
    const sha = nameOf('tree', Buffer.concat(entries.map(encodeEntry)))
    trees.set(sha, entries)
    return sha
  }

  return {
    defaultBranch: async () => defaultBranch,
    branches: async () => [...heads].map(([name, sha]) => ({ name, sha })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    commit: async (sha) => commits.get(sha) ?? null,
    tree: async (sha) => trees.get(sha) ?? null,
    blob: async (sha) => blobs.get(sha) ?? null,
    size: async (sha) => blobs.get(sha)?.length ?? 0,
    expand: async (prefix) => [...commits.keys()].find((sha) => sha.startsWith(prefix)) ?? null,
    commitTo: (branch, { author, message, changes, from, merges }) => {
      const parent = heads.get(branch) ?? (from === undefined ? undefined : heads.get(from))
      const merged = merges === undefined ? undefined : heads.get(merges)
      const current = new Map([...(files.get(parent ?? '') ?? []), ...(files.get(merged ?? '') ?? [])])
      for (const { path, mode = '100644', content, sha } of changes) {
        if (content === null && sha === undefined) current.delete(path)
        else current.set(path, { mode, sha: sha ?? storeBlob(content ?? '') })
      }
      const parents = [parent, merged].filter((sha) => sha !== undefined)
      const commit = { tree: storeTree(current), parents, message, author, committer: author }
      const name = nameOf('commit', encodeCommit(commit))
      commits.set(name, { ...commit, sha: name })
      files.set(name, current)
      heads.set(branch, name)
      return name
    },
  }
}

// git's object encoding: git-scm.com/book/en/v2/Git-Internals-Git-Objects
function nameOf(type: string, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex')
}

// A folder sorts as if its name ended in a slash.
const sortName = (entry: Entry): string => (entry.type === 'tree' ? `${entry.name}/` : entry.name)

const encodeEntry = ({ mode, name, sha }: Entry): Buffer =>
  Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')])

function encodeCommit(commit: Omit<Commit, 'sha'>): Buffer {
  const person = ({ name, email, date }: Person) => `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((sha) => `parent ${sha}`),
    `author ${person(commit.author)}`,
    `committer ${person(commit.committer)}`,
  ]
  return Buffer.from(`${lines.join('\n')}\n\n${commit.message}\n`)
}
