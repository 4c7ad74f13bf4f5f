import { entryAt, resolve } from '#sandbox/git/repository.ts'
import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { type Params, type Route, router } from '#sandbox/route.ts'
import { fullName, updatedOn } from './shapes.ts'
import { accountOf, named, type Repository, repositoriesOf, repositoryNamed, type State, WEB } from './state.ts'

type Shown = Answer | null | Promise<Answer | null>
type Page = (state: State, params: Params) => Shown

const shows = (pattern: string, handler: Page): Route<State, Page> => ({
  method: 'GET',
  pattern,
  about: handler,
  handler: () => missing(),
})

/** A page of one repository; null when there is none of that name. */
const ofRepository =
  (show: (repository: Repository, params: Params, state: State) => Shown): Page =>
  (state, params) => {
    const repository = repositoryNamed(state, params.workspace ?? '', params.repo ?? '')
    return repository ? show(repository, params, state) : null
  }

const find = router([
  shows('/', (state) => front(state)),
  shows('/{workspace}', (state, params) => workspacePage(state, params)),
  shows('/{workspace}/workspace/overview', (state, params) => workspacePage(state, params)),
  shows(
    '/{workspace}/{repo}',
    ofRepository((repository) => repositoryPage(repository)),
  ),
  shows('/{workspace}/{repo}/src/{commit}/{+path}', ofRepository(sourcePage)),
  shows('/{workspace}/{repo}/branch/{+branch}', ofRepository(branchPage)),
  shows('/{workspace}/{repo}/commits/{commit}', ofRepository(commitPage)),
  shows('/{workspace}/{repo}/pull-requests/{id}', ofRepository(pullPage)),
])

/** The pages of bitbucket.org that answers link to, as somebody who may see everything sees them. */
export async function showPage(call: Call, state: State): Promise<Answer> {
  const found = find(call.method, call.rest === '/' ? '/' : call.rest.replace(/\/$/, ''))
  return (await found?.about(state, found.params)) ?? missing()
}

const missing = (): Answer => page(404, { title: 'Not found', body: '<h1>We can’t let you see this page</h1>' })
const link = (path: string, text: string): string => `<a href="${WEB}/${escapeHtml(path)}">${escapeHtml(text)}</a>`
const list = (rows: readonly string[]): string =>
  `<div class="card"><ul>${rows.map((row) => `<li>${row}</li>`).join('') || '<li>None</li>'}</ul></div>`

const framed = (title: string, body: string): Answer =>
  page(200, { title: `${title} · Bitbucket`, isWide: true, body: `<h1>${escapeHtml(title)}</h1>${body}` })

const front = ({ workspaces }: State): Answer =>
  framed('Workspaces', list(workspaces.map(({ slug, name }) => link(`${slug}/`, name))))

function workspacePage(state: State, { workspace = '' }: Params): Answer | null {
  const home = named(state.workspaces, workspace)
  if (!home) return null
  return framed(home.name, list(repositoriesOf(state, home).map((one) => link(fullName(one), one.name))))
}

async function repositoryPage(repository: Repository): Promise<Answer> {
  const { git, description, pulls } = repository
  const branches = await git.branches()
  const name = fullName(repository)
  const about = `<p>${escapeHtml(description)}</p><p class="soft">${escapeHtml(`${repository.isPrivate ? 'private' : 'public'} · ${repository.language} · updated ${await updatedOn(repository)}`)}</p>`
  const rows = pulls.map(({ id, title, state }) => `${link(`${name}/pull-requests/${id}`, `#${id} ${title}`)} ${state}`)
  const tips = branches.map((one) => link(`${name}/branch/${one.name}`, one.name))
  return framed(name, `${about}<h2>Branches</h2>${list(tips)}<h2>Pull requests</h2>${list(rows)}`)
}

async function sourcePage(
  { git, ...rest }: Repository,
  { commit: ref = '', path = '' }: Params,
): Promise<Answer | null> {
  const commit = await resolve(git, ref)
  const entry = commit && (await entryAt(git, commit.tree, path))
  if (!entry) return null
  const name = `${rest.workspace}/${rest.slug}`
  if (entry.type !== 'tree') {
    const content = await git.blob(entry.sha)
    return content && framed(`${name}: ${path}`, `<div class="card"><pre>${escapeHtml(content.toString())}</pre></div>`)
  }
  const below = path === '' ? '' : `${path}/`
  const rows = ((await git.tree(entry.sha)) ?? []).map((one) =>
    link(`${name}/src/${ref}/${below}${one.name}`, one.name),
  )
  return framed(`${name}: /${path}`, list(rows))
}

async function branchPage(repository: Repository, { branch = '' }: Params): Promise<Answer | null> {
  const head = await resolve(repository.git, branch)
  if (!head) return null
  const newest = link(`${fullName(repository)}/commits/${head.sha}`, head.message)
  return framed(`${fullName(repository)}: ${branch}`, list([newest]))
}

async function commitPage(repository: Repository, { commit: name = '' }: Params): Promise<Answer | null> {
  const commit = await resolve(repository.git, name)
  if (!commit) return null
  const about = `<p class="soft">${escapeHtml(`${commit.author.name} · ${commit.committer.date}`)}</p>`
  return framed(
    `${fullName(repository)}: ${commit.sha.slice(0, 7)}`,
    `<pre>${escapeHtml(commit.message)}</pre>${about}`,
  )
}

function pullPage(repository: Repository, { id }: Params, state: State): Answer | null {
  const pull = repository.pulls.find((one) => String(one.id) === id)
  if (!pull) return null
  const who = accountOf(state, pull.author)?.name ?? pull.author
  const about = `${pull.state} · ${who} · ${pull.source} → ${pull.destination} · ${pull.comments} comments`
  return framed(
    `#${pull.id} ${pull.title}`,
    `<p class="soft">${escapeHtml(about)}</p><pre>${escapeHtml(pull.description)}</pre>`,
  )
}
