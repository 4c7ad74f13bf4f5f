import { changesBetween, type FileChange } from '#sandbox/git/changes.ts'
import { type Commit, entryAt, history } from '#sandbox/git/repository.ts'
import { json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { type Context, notFound, readable } from './access.ts'
import { commitAt } from './contents.ts'
import { listed } from './paging.ts'
import { repositoryPage, repositoryUrl } from './repository-shapes.ts'
import { apiUrl, nodeId, simpleUser } from './shapes.ts'
import { type Repository, type State, timestamp } from './state.ts'

type Endpoint = Handler<Context>

/** GET /repos/{owner}/{repo}/branches */
export const listBranches: Endpoint = async (call, { owner = '', repo = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'contents=read')
  const url = repositoryUrl(state, repository)
  return listed(
    call,
    `${apiUrl(state.world)}/repositories/${repository.id}/branches`,
    await repository.git.branches(),
    ({ name, sha }) => ({
      name,
      commit: { sha, url: `${url}/commits/${sha}` },
      protected: false,
      protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
      protection_url: `${url}/branches/${encodeURIComponent(name)}/protection`,
    }),
  )
}

/** GET /repos/{owner}/{repo}/branches/{branch}; a branch's name may hold slashes. */
export const showBranch: Endpoint = async (_call, { owner = '', repo = '', branch = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'contents=read')
  const found = (await repository.git.branches()).find(({ name }) => name === branch)
  const commit = found && (await repository.git.commit(found.sha))
  if (!commit) throw notFound()
  const self = `${repositoryUrl(state, repository)}/branches/${branch}`
  return json(200, {
    name: branch,
    commit: shownCommit(state, repository, commit),
    _links: { self, html: `${repositoryPage(state, repository)}/tree/${branch}` },
    protected: false,
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${self}/protection`,
  })
}

/** GET /repos/{owner}/{repo}/commits, newest first; `sha`, `path`, `author`, `since` and `until` narrow it. */
export const listCommits: Endpoint = async (call, { owner = '', repo = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'contents=read')
  const head = await commitAt(repository.git, call.query.get('sha') ?? undefined)
  const found: Commit[] = []
  for await (const commit of history(repository.git, head)) {
    if (await fits(call.query, state, repository, commit)) found.push(commit)
  }
  return listed(call, `${apiUrl(state.world)}/repositories/${repository.id}/commits`, found, (commit) =>
    shownCommit(state, repository, commit),
  )
}

async function fits(query: URLSearchParams, state: State, { git }: Repository, commit: Commit): Promise<boolean> {
  const at = Date.parse(commit.committer.date)
  if (at < Date.parse(query.get('since') ?? '1970-01-01') || at > Date.parse(query.get('until') ?? '9999-01-01'))
    return false
  const author = query.get('author')
  if (author !== null && author !== commit.author.email && author !== loginOf(state, commit.author.email)) return false
  const path = query.get('path')
  if (path === null) return true
  const parent = commit.parents[0] === undefined ? null : await git.commit(commit.parents[0])
  const [now, before] = await Promise.all([entryAt(git, commit.tree, path), parent && entryAt(git, parent.tree, path)])
  return now?.sha !== before?.sha
}

/** GET /repos/{owner}/{repo}/commits/{ref}, with what it changed. */
export const showCommit: Endpoint = async (_call, { owner = '', repo = '', ref = '' }, context) => {
  const { state } = context
  const repository = readable(context, owner, repo, 'contents=read')
  const commit = await commitAt(repository.git, ref)
  const parent = commit.parents[0] === undefined ? null : await repository.git.commit(commit.parents[0])
  const changes = await changesBetween(repository.git, parent?.tree ?? null, commit.tree)
  const additions = changes.reduce((sum, change) => sum + change.additions, 0)
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0)
  return json(200, {
    ...shownCommit(state, repository, commit),
    stats: { additions, deletions, total: additions + deletions },
    files: changes.map((change) => shownChange(state, repository, commit.sha, change)),
  })
}

function shownChange(state: State, repository: Repository, sha: string, { path, patch, ...change }: FileChange) {
  const page = repositoryPage(state, repository)
  return {
    filename: path,
    ...change,
    changes: change.additions + change.deletions,
    raw_url: `${page}/raw/${sha}/${path}`,
    blob_url: `${page}/blob/${sha}/${path}`,
    ...(patch !== null && { patch }),
  }
}

const loginOf = (state: State, email: string): string | null =>
  state.accounts.find(({ emails }) => emails.some((own) => own.email === email))?.login ?? null

/** A commit as lists, branches and details share it. */
function shownCommit(state: State, repository: Repository, commit: Commit) {
  const url = repositoryUrl(state, repository)
  const page = repositoryPage(state, repository)
  const dated = (person: Commit['author']) => ({ ...person, date: timestamp(Date.parse(person.date)) })
  const user = (person: Commit['author']) => {
    const login = loginOf(state, person.email)
    return login === null ? null : simpleUser(state, login)
  }
  return {
    url: `${url}/commits/${commit.sha}`,
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      url: `${url}/git/commits/${commit.sha}`,
      author: dated(commit.author),
      committer: dated(commit.committer),
      message: commit.message,
      tree: { url: `${url}/git/trees/${commit.tree}`, sha: commit.tree },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: user(commit.author),
    committer: user(commit.committer),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${page}/commit/${sha}` })),
  }
}
