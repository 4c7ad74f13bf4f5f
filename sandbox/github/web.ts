import { entryAt, resolve } from '#sandbox/git/repository.ts'
import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { avatar } from '#sandbox/pages.ts'
import { type Found, type Route, router } from '#sandbox/route.ts'
import { type Repository, repositoryOf, type State } from './state.ts'

type Page = Route<State, null>['handler']

const shows = (pattern: string, handler: Page): Route<State, null> => ({ method: 'GET', pattern, handler, about: null })

const find = router([
  shows('/avatars/{id}', (_call, { id = '' }, { accounts, organizations }) =>
    avatar(id, [...accounts, ...organizations].find((one) => String(one.id) === id)?.login),
  ),
  shows('/settings/applications', (_call, _params, state) => applications(state)),
  shows('/{owner}/{repo}', (_call, params, state) => inside(state, params, (repository) => folder(repository, '', ''))),
  shows('/{owner}/{repo}/raw/{ref}/{+path}', (_call, params, state) => raw(state, params)),
  shows('/{owner}/{repo}/tree/{ref}/{+path}', (_call, params, state) =>
    inside(state, params, (it) => folder(it, params.ref ?? '', params.path ?? '')),
  ),
  shows('/{owner}/{repo}/blob/{ref}/{+path}', (_call, params, state) =>
    inside(state, params, (it) => file(it, params.ref ?? '', params.path ?? '')),
  ),
  shows('/{owner}/{repo}/issues/{number}', (_call, params, state) =>
    inside(state, params, (it) => issue(it, params.number ?? '')),
  ),
  shows('/{owner}/{repo}/pull/{number}', (_call, params, state) =>
    inside(state, params, (it) => issue(it, params.number ?? '')),
  ),
])

/** The pages of github.com that answers link to, as a visitor who is not signed in would see them. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found: Found<State, null> | null = find(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

// The same for what is private and for what does not exist, as at GitHub.
const missing = (): Answer =>
  page(404, {
    title: 'Page not found',
    body: '<h1>404</h1><p>This is not the web page you are looking for. If it is private, GitHub would ask you to sign in first.</p>',
  })
const link = (href: string, text: string): string => `<a href="/github-web/${escapeHtml(href)}">${escapeHtml(text)}</a>`

type Shown = { title: string; html: string }

async function inside(
  state: State,
  { owner = '', repo = '' }: Record<string, string>,
  show: (repository: Repository) => Promise<Shown | null> | Shown | null,
): Promise<Answer> {
  const repository = repositoryOf(state, owner, repo)
  if (!repository || repository.isPrivate) return missing()
  const shown = await show(repository)
  if (!shown) return missing()
  const head = `<h1>${link(`${owner}/${repo}`, `${owner}/${repo}`)}</h1><p class="soft">${escapeHtml(repository.description)}</p>`
  return page(200, {
    title: `${shown.title} · ${owner}/${repo}`,
    isWide: true,
    body: `${head}<div class="card">${shown.html}</div>`,
  })
}

async function folder({ owner, name, git }: Repository, ref: string, path: string): Promise<Shown | null> {
  const branch = ref || (await git.defaultBranch())
  const commit = await resolve(git, branch)
  const entry = commit && (await entryAt(git, commit.tree, path))
  if (!commit) return { title: name, html: 'This repository is empty.' }
  if (entry?.type !== 'tree') return null
  const rows = ((await git.tree(entry.sha)) ?? []).map((one) => {
    const kind = one.type === 'tree' ? 'tree' : 'blob'
    return `<li>${link(`${owner}/${name}/${kind}/${branch}/${path ? `${path}/` : ''}${one.name}`, one.type === 'tree' ? `${one.name}/` : one.name)}</li>`
  })
  return { title: path || name, html: `<ul>${rows.join('')}</ul>` }
}

async function file({ git }: Repository, ref: string, path: string): Promise<Shown | null> {
  const content = await contentAt(git, ref, path)
  return content && { title: path, html: `<h2>${escapeHtml(path)}</h2><pre>${escapeHtml(content.toString())}</pre>` }
}

async function contentAt(git: Repository['git'], ref: string, path: string): Promise<Buffer | null> {
  const commit = await resolve(git, ref)
  const entry = commit && (await entryAt(git, commit.tree, path))
  return entry?.type === 'blob' ? git.blob(entry.sha) : null
}

async function raw(
  state: State,
  { owner = '', repo = '', ref = '', path = '' }: Record<string, string>,
): Promise<Answer> {
  const repository = repositoryOf(state, owner, repo)
  const content = repository && !repository.isPrivate ? await contentAt(repository.git, ref, path) : null
  if (!content) return missing()
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: content,
  }
}

function issue({ issues }: Repository, number: string): Shown | null {
  const found = issues.find((one) => String(one.number) === number)
  if (!found) return null
  const state = found.pull?.mergedAt ? 'merged' : found.state
  return {
    title: found.title,
    html: `<h2>${escapeHtml(found.title)} #${found.number}</h2><p class="soft">${state} · opened by ${escapeHtml(found.user)} on ${found.createdAt.slice(0, 10)}</p><pre>${escapeHtml(found.body)}</pre>`,
  }
}

// Where a person sees which apps hold a grant (github.com/settings/applications).
function applications(state: State): Answer {
  const rows = [...state.grants].map(([key, scopes]) => {
    const [account = '', client = ''] = key.split(' ')
    return `<li><strong>${escapeHtml(account)}</strong> granted <code>${escapeHtml(client)}</code>: ${escapeHtml(scopes.join(', ') || 'public information')}</li>`
  })
  return page(200, {
    title: 'Authorized OAuth Apps',
    body: `<h1>Authorized OAuth Apps</h1><div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`,
  })
}
