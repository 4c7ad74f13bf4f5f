import { type Commit, entryAt, history, resolve } from '#sandbox/git/repository.ts'
import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, noCommit, readable } from './access.ts'
import { trimmed } from './fields.ts'
import { chained } from './paging.ts'
import { allCommits, linked, personBy, rendered, repositoryPage, repositoryRef, repositoryUrl } from './shapes.ts'
import { commitDate, type Repository, type State } from './state.ts'

type Endpoint = Handler<Context>

/** A commit by nothing but its name, whole or abbreviated. */
export function commitRef(state: State, repository: Repository, hash: string) {
  return {
    type: 'commit',
    hash,
    links: linked({
      self: `${repositoryUrl(state, repository)}/commit/${hash}`,
      html: `${repositoryPage(state, repository)}/commits/${hash}`,
    }),
  }
}

/** A commit as branches and pushes hold it. */
export function shownCommit(
  state: State,
  repository: Repository,
  { sha, author, committer, message, parents }: Commit,
) {
  const { links, ...ref } = commitRef(state, repository, sha)
  const user = personBy(state, author.email)
  const url = repositoryUrl(state, repository)
  return {
    ...ref,
    date: commitDate(committer.date),
    author: { type: 'author', raw: `${author.name} <${author.email}>`, ...(user && { user }) },
    message,
    links: {
      ...links,
      ...linked({
        diff: `${url}/diff/${sha}`,
        approve: `${url}/commit/${sha}/approve`,
        comments: `${url}/commit/${sha}/comments`,
        statuses: `${url}/commit/${sha}/statuses`,
        patch: `${url}/patch/${sha}`,
      }),
    },
    parents: parents.map((parent) => commitRef(state, repository, parent)),
  }
}

const listed = (state: State, repository: Repository, commit: Commit) => ({
  ...shownCommit(state, repository, commit),
  summary: rendered(commit.message),
  rendered: { message: rendered(commit.message) },
  repository: repositoryRef(state, repository),
})

async function touches({ git }: Repository, { tree, parents }: Commit, path: string): Promise<boolean> {
  const before = await Promise.all(
    parents.map(async (sha) => {
      const parent = await git.commit(sha)
      return parent && (await entryAt(git, parent.tree, path))?.sha
    }),
  )
  const now = (await entryAt(git, tree, path))?.sha
  return before.length === 0 ? now !== undefined : before.every((sha) => (sha ?? undefined) !== now)
}

async function commitsOf(repository: Repository, revision: string): Promise<Commit[]> {
  if (revision === '') return allCommits(repository)
  const head = await resolve(repository.git, revision)
  if (!head) throw noCommit(revision)
  const found: Commit[] = []
  for await (const commit of history(repository.git, head)) found.push(commit)
  return found
}

/** GET /repositories/{workspace}/{repo}/commits (of every branch) and /commits/{revision}; `path` leaves those that touched it. */
export const listCommits: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const all = await commitsOf(repository, params.revision ?? '')
  const path = call.query.get('path')
  const kept = await Promise.all(all.map(async (commit) => path === null || touches(repository, commit, path)))
  const found = all.filter((_commit, index) => kept[index])
  return chained(call, state, found, (commit) => listed(state, repository, commit), 'ctx')
}

/** GET /repositories/{workspace}/{repo}/commit/{commit} */
export const showCommit: Endpoint = async (call, params, context) => {
  const { state } = context
  const repository = readable(context, params)
  const { commit: name = '' } = params
  const commit = /^[0-9a-f]{4,40}$/.test(name) ? await resolve(repository.git, name) : null
  if (!commit) throw noCommit(name)
  return json(200, trimmed(call, { ...listed(state, repository, commit), participants: [] }))
}
