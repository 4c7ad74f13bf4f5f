import { type Answer, type Call, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { router, shows } from '#sandbox/route.ts'
import type { Event } from './event-entries.ts'
import { eventsOf, listedEvent } from './event-shapes.ts'
import { createToken, deleteToken, newToken, settingsPage } from './settings.ts'
import {
  type Issue,
  issueOf,
  named,
  ORIGIN,
  type Organization,
  projectsOf,
  type State,
  shortIdOf,
  timestamp,
  titleOf,
} from './state.ts'

const find = router<State, null>([
  shows('GET /', (_call, _params, state) => front(state)),
  shows('GET /settings', (_call, _params, state) => front(state)),
  // docs.sentry.io links so to the settings of whatever organization its reader is in.
  shows('GET /orgredirect/{+path}', (_call, { path = '' }) =>
    redirect(302, `${ORIGIN}/${path.replace(':orgslug', 'acme')}/`),
  ),
  shows('GET /organizations/{org}', (call, { org = '' }, state) => issuesPage(call, state, org)),
  shows('GET /organizations/{org}/issues', (call, { org = '' }, state) => issuesPage(call, state, org)),
  shows('GET /organizations/{org}/issues/{issue}', (_call, params, state) => issuePage(state, params, 'latest')),
  shows('GET /organizations/{org}/issues/{issue}/events/{event}', (_call, params, state) =>
    issuePage(state, params, params.event ?? ''),
  ),
  shows('GET /settings/{org}/{section}', (_call, params, state) => settingsPage(state, params) ?? missing()),
  shows('GET /settings/account/api/auth-tokens', (_call, _params, state) => settingsPage(state, {}) ?? missing()),
  shows('GET /settings/{org}/{section}/{form}', (_call, params, state) => newToken(state, params) ?? missing()),
  shows('GET /settings/account/api/auth-tokens/{form}', (_call, params, state) => newToken(state, params) ?? missing()),
  shows('POST /settings/tokens/create', (call, _params, state) => createToken(call, state)),
  shows('POST /settings/tokens/delete', (call, _params, state) => deleteToken(call, state)),
])

/** The pages of sentry.io that answers link to, as a member of every organization sees them. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest === '/' ? '/' : call.rest.replace(/\/$/, ''))
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, {
    title: 'Page Not Found',
    body: '<h1>Page Not Found</h1><p>The page you are looking for was not found.</p>',
  })

const link = (path: string, text: string): string => `<a href="${ORIGIN}${escapeHtml(path)}">${escapeHtml(text)}</a>`

function front({ organizations }: State): Answer {
  const rows = organizations.map(
    ({ slug, name }) =>
      `<li>${link(`/organizations/${slug}/issues/`, name)} · ${link(`/settings/${slug}/developer-settings/`, 'Custom Integrations')} · ${link(`/settings/${slug}/auth-tokens/`, 'Organization Tokens')}</li>`,
  )
  const own = link('/settings/account/api/auth-tokens/', 'Personal Tokens')
  return page(200, {
    title: 'Sentry',
    body: `<h1>Sentry</h1><div class="card"><ul>${rows.join('')}<li>${own}</li></ul></div>`,
  })
}

function issuesPage(call: Call, state: State, org: string): Answer {
  const organization = named(state.organizations, org)
  if (!organization) return missing()
  const wanted = named(projectsOf(state, organization.slug), call.query.get('project') ?? '')
  const issues = state.issues
    .filter((one) => one.organization === organization.slug && (wanted?.slug ?? one.project) === one.project)
    .toSorted((a, b) => b.lastSeen - a.lastSeen)
  const rows = issues.map(
    (issue) =>
      `<li>${link(`/organizations/${organization.slug}/issues/${issue.id}/`, titleOf(issue))} <span class="soft">${escapeHtml(`${shortIdOf(issue)} · ${issue.level} · ${issue.status} · ${issue.count} events`)}</span></li>`,
  )
  const title = wanted ? `Issues of ${wanted.name}` : 'Issues'
  return framed(
    organization,
    title,
    `<h1>${escapeHtml(title)}</h1><div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`,
  )
}

const framed = ({ slug, name }: Organization, title: string, body: string): Answer =>
  page(200, {
    title: `${title} · ${name} · Sentry`,
    isWide: true,
    body: `<p>${link(`/organizations/${slug}/issues/`, name)}</p>${body}`,
  })

function issuePage(state: State, { org = '', issue: name = '' }: Record<string, string>, eventName: string): Answer {
  const organization = named(state.organizations, org)
  const issue = organization && issueOf(state, organization.slug, name)
  if (!issue) return missing()
  const events = eventsOf(issue)
  const event = eventName === 'latest' ? events[0] : events.find(({ id }) => id === eventName)
  if (!event) return missing()
  const facts = [
    issue.level,
    issue.substatus === null ? issue.status : `${issue.status}, ${issue.substatus}`,
    `${issue.count} events`,
    `${issue.userCount} users`,
    `assigned to ${issue.assignee ?? 'nobody'}`,
    `first seen ${timestamp(issue.firstSeen)}`,
    `last seen ${timestamp(issue.lastSeen)}`,
  ]
  const head = `<h1>${escapeHtml(titleOf(issue))}</h1><p><strong>${escapeHtml(shortIdOf(issue))}</strong> · ${escapeHtml(issue.culprit ?? '')}</p><p class="soft">${escapeHtml(facts.join(' · '))}</p>`
  return framed(organization, shortIdOf(issue), `${head}${eventCard(state, issue, event)}`)
}

function eventCard(state: State, issue: Issue, event: Event): string {
  const shown = listedEvent(state, event)
  const frames = issue.frames.map(
    ({ file, line, function: name, code, inApp }) =>
      `${inApp ? '' : '(library) '}${file}:${line} in ${name}${code && `\n    ${code}`}`,
  )
  const tags = shown.tags.map(({ key, value }) => `<li>${escapeHtml(`${key}: ${value}`)}</li>`)
  return `<div class="card"><h2>Event ${event.id.slice(0, 8)} <span class="soft">${shown.dateCreated}</span></h2><pre>${escapeHtml(frames.join('\n') || 'no stack trace')}</pre><h2>Tags</h2><ul>${tags.join('')}</ul></div>`
}
