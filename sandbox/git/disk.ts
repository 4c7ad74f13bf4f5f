import fs from 'node:fs'
import git from 'isomorphic-git'
import type { Commit, Entry, Repository } from './repository.ts'

/** Never served, even when somebody tracks them: environment files (the example is public) and the local data folder. */
const isHidden = (name: string): boolean => name === '.data' || (/^\.env(\.|$)/.test(name) && name !== '.env.example')

/** A git repository on disk, read as it stands at each call: only what its branches' commits reach, hidden paths left out. */
export function diskRepository(gitdir: string): Repository {
  let cache = {}
  const commits = new Map<string, Commit>()
  const trees = new Map<string, Entry[]>()
  const sizes = new Map<string, number>()
  const reachable = { commits: new Set<string>(), trees: new Set<string>(), blobs: new Set<string>() }

  // A repack under our feet leaves the cached pack index pointing at a file that is gone.
  async function read<T>(
    work: (options: { fs: typeof fs; gitdir: string; cache: object }) => Promise<T>,
  ): Promise<T | null> {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        return await work({ fs, gitdir, cache })
      } catch {
        cache = {}
      }
    }
    return null
  }

  async function readCommit(sha: string): Promise<Commit | null> {
    const known = commits.get(sha)
    if (known) return known
    const found = await read((options) => git.readCommit({ ...options, oid: sha }))
    if (!found) return null
    const { tree, parent, message, author, committer } = found.commit
    const person = (who: typeof author) => ({
      name: who.name,
      email: who.email,
      date: new Date(who.timestamp * 1000).toISOString(),
    })
    const commit = {
      sha,
      tree,
      parents: parent,
      message: message.trimEnd(),
      author: person(author),
      committer: person(committer),
    }
    commits.set(sha, commit)
    return commit
  }

  async function readTree(sha: string): Promise<Entry[]> {
    const known = trees.get(sha)
    if (known) return known
    const found = await read((options) => git.readTree({ ...options, oid: sha }))
    const entries = (found?.tree ?? [])
      .filter(({ path }) => !isHidden(path))
      .map(({ mode, path, oid, type }) => ({ mode, type, name: path, sha: oid }))
    trees.set(sha, entries)
    return entries
  }

  async function reachTree(sha: string): Promise<void> {
    if (reachable.trees.has(sha)) return
    reachable.trees.add(sha)
    for (const entry of await readTree(sha)) {
      if (entry.type === 'tree') await reachTree(entry.sha)
      else if (entry.type === 'blob') reachable.blobs.add(entry.sha)
    }
  }

  async function reachCommits(tips: readonly string[]): Promise<void> {
    const waiting = tips.filter((sha) => !reachable.commits.has(sha))
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      if (reachable.commits.has(sha)) continue
      reachable.commits.add(sha)
      const commit = await readCommit(sha)
      if (!commit) continue
      await reachTree(commit.tree)
      waiting.push(...commit.parents)
    }
  }

  const branches = async () => {
    const names = (await read((options) => git.listBranches(options))) ?? []
    const found = await Promise.all(
      names.map(async (name) => ({
        name,
        sha: await read((options) => git.resolveRef({ ...options, ref: `refs/heads/${name}` })),
      })),
    )
    return found.flatMap(({ name, sha }) => (sha === null ? [] : [{ name, sha }]))
  }

  // What was reachable once may still be shown; what never was (stashes, dropped work) may not.
  async function within(kind: keyof typeof reachable, sha: string): Promise<boolean> {
    if (!reachable[kind].has(sha)) await reachCommits((await branches()).map((branch) => branch.sha))
    return reachable[kind].has(sha)
  }

  const readBlob = async (sha: string) => {
    const found = await read((options) => git.readBlob({ ...options, oid: sha }))
    return found ? Buffer.from(found.blob) : null
  }

  return {
    defaultBranch: async () => (await read((options) => git.currentBranch(options))) || 'main',
    branches,
    commit: async (sha) => ((await within('commits', sha)) ? readCommit(sha) : null),
    tree: async (sha) => ((await within('trees', sha)) ? readTree(sha) : null),
    blob: async (sha) => ((await within('blobs', sha)) ? readBlob(sha) : null),
    size: async (sha) => {
      const known = sizes.get(sha) ?? (await readBlob(sha))?.length ?? 0
      sizes.set(sha, known)
      return known
    },
    expand: async (prefix) => {
      await within('commits', '')
      return [...reachable.commits].find((sha) => sha.startsWith(prefix)) ?? null
    },
  }
}
