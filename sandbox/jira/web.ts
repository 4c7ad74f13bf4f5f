import { createHash } from 'node:crypto'
import { locate } from '#sandbox/atlassian/access.ts'
import { documentOf, markupOf } from '#sandbox/atlassian/documents.ts'
import type { Site, State } from '#sandbox/atlassian/state.ts'
import { accountOf, siteUrl } from '#sandbox/atlassian/state.ts'
import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { type Params, type Route, router } from '#sandbox/route.ts'
import type { Data, Issue, Project } from './state.ts'

type Place = { state: State; data: Data; site: Site }
type Page = Route<Place, null>['handler']

const shows = (pattern: string, handler: Page): Route<Place, null> => ({ method: 'GET', pattern, handler, about: null })

const find = router([
  shows('/browse/{key}', (_call, params, place) => thing(place, params)),
  shows('/avatars/{id}', (_call, { id = '' }) => avatar(id)),
  shows('/jira/projects', (_call, _params, place) => projectList(place)),
  shows('/jira/software/projects/{key}', (_call, params, place) => thing(place, params)),
  shows('/jira/software/projects/{key}/boards/{board}', (_call, params, place) => board(place, params)),
  shows('/jira/software/c/projects/{key}/boards/{board}', (_call, params, place) => board(place, params)),
])

/** The pages of a site that answers link to, as somebody who may see everything sees them. */
export function showPage(call: Call, { state, data }: { state: State; data: Data }): Answer | Promise<Answer> {
  const { site, path } = locate(call, state)
  if (!site) return missing()
  const found = find(call.method, path)
  return found ? found.handler(call, found.params, { state, data, site }) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'Page unavailable', body: '<h1>404</h1><p>Your Atlassian Cloud site has no such page.</p>' })

const link = ({ state, site }: Place, path: string, text: string): string =>
  `<a href="${escapeHtml(siteUrl(state.world, site) + path)}">${escapeHtml(text)}</a>`

const framed = ({ site }: Place, title: string, body: string): Answer =>
  page(200, { title: `${title} - Jira`, isWide: true, body: `<p class="soft">${site.name}.atlassian.net</p>${body}` })

const issuesIn = ({ data, site }: Place, key: string): Issue[] =>
  data.issues.filter((issue) => issue.site === site.name && issue.project === key)

const issueList = (place: Place, issues: readonly Issue[]): string =>
  `<ul>${issues.map((one) => `<li>${link(place, `/browse/${one.key}`, one.key)} ${escapeHtml(one.summary)} <span class="soft">${one.status}</span></li>`).join('')}</ul>`

function projectList(place: Place): Answer {
  const rows = place.data.projects
    .filter(({ site }) => site === place.site.name)
    .map(({ key, name }) => `<li>${link(place, `/browse/${key}`, name)} <span class="soft">${key}</span></li>`)
  return framed(place, 'Projects', `<h1>Projects</h1><div class="card"><ul>${rows.join('')}</ul></div>`)
}

function thing(place: Place, { key = '' }: Params): Answer {
  const { data, site } = place
  const project = data.projects.find((one) => one.site === site.name && one.key === key)
  if (project) return projectPage(place, project)
  const issue = data.issues.find((one) => one.site === site.name && one.key === key)
  return issue ? issuePage(place, issue) : missing()
}

function projectPage(place: Place, { key, name, description }: Project): Answer {
  const boards = place.data.boards.filter((one) => one.site === place.site.name && one.project === key)
  const links = boards.map((one) => link(place, `/jira/software/projects/${key}/boards/${one.id}`, one.name))
  return framed(
    place,
    name,
    `<h1>${escapeHtml(name)}</h1><p>${escapeHtml(description)}</p><p class="soft">Boards: ${links.join(', ')}</p><div class="card">${issueList(place, issuesIn(place, key))}</div>`,
  )
}

function board(place: Place, { key = '', board: id = '' }: Params): Answer {
  const found = place.data.boards.find(
    (one) => one.site === place.site.name && String(one.id) === id && one.project === key,
  )
  if (!found) return missing()
  return framed(
    place,
    found.name,
    `<h1>${escapeHtml(found.name)}</h1><div class="card">${issueList(place, issuesIn(place, key))}</div>`,
  )
}

function issuePage(place: Place, issue: Issue): Answer {
  const name = (email: string | null) => (email === null ? 'nobody' : (accountOf(place.state, email)?.name ?? email))
  const document = documentOf(issue.description)
  const facts = [issue.type, issue.status, issue.priority, `assigned to ${name(issue.assignee)}`, ...issue.labels]
  const said = issue.comments.map(
    ({ author, at, text }) =>
      `<li><strong>${escapeHtml(name(author))}</strong> <span class="soft">${at.slice(0, 16).replace('T', ' ')}</span><br>${escapeHtml(text)}</li>`,
  )
  return framed(
    place,
    `[${issue.key}] ${issue.summary}`,
    `<p>${link(place, `/browse/${issue.project}`, issue.project)} / ${issue.key}</p><h1>${escapeHtml(issue.summary)}</h1><p class="soft">${escapeHtml(facts.join(' · '))}</p><div class="card">${document ? markupOf(document) : 'No description'}</div><div class="card"><h2>Comments</h2><ul>${said.join('') || '<li>None</li>'}</ul></div>`,
  )
}

function avatar(id: string): Answer {
  const hue = createHash('sha256').update(id).digest().readUInt16BE(0) % 360
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48"><rect width="48" height="48" rx="24" fill="hsl(${hue} 60% 45%)"/></svg>`
  return { status: 200, headers: { 'content-type': 'image/svg+xml' }, body }
}
