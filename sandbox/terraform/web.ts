import { type Answer, type Call, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { router, shows } from '#sandbox/route.ts'
import { createToken, deleteToken, tokensPage } from './settings.ts'
import {
  isoTime,
  ORIGINS,
  type Organization,
  organizationOf,
  type Run,
  runsOf,
  type State,
  statesOf,
  type Workspace,
} from './state.ts'

const find = router<State, null>([
  shows('GET /', front),
  shows('GET /app', front),
  shows('GET /app/organizations', front),
  shows('GET /app/settings/tokens', (call, _params, state) => tokensPage(call, state, null)),
  shows('POST /app/settings/tokens/create', (call, _params, state) => createToken(call, state)),
  shows('POST /app/settings/tokens/delete', (call, _params, state) => deleteToken(call, state)),
  shows('GET /app/{org}', workspacesPage),
  shows('GET /app/{org}/workspaces', workspacesPage),
  shows('GET /app/{org}/settings/authentication-tokens', (call, { org = '' }, state) => {
    const organization = here(call, state, org)
    return organization ? tokensPage(call, state, organization) : missing()
  }),
  shows('GET /app/{org}/workspaces/{name}', workspacePage),
  shows('GET /app/{org}/workspaces/{name}/runs', workspacePage),
  shows('GET /app/{org}/workspaces/{name}/runs/{run}', runPage),
  shows('GET /app/{org}/workspaces/{name}/states', statesPage),
  // Notifications have this shorter form.
  shows('GET /app/{org}/{name}/runs/{run}', (call, { org, name, run }) =>
    redirect(302, `${call.origin}/app/${org}/workspaces/${name}/runs/${run}`),
  ),
])

/** The pages of app.terraform.io that answers link to, as an owner of every organization sees them. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest === '/' ? '/' : call.rest.replace(/\/$/, ''))
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, {
    title: 'Not found',
    body: '<h1>Page not found</h1><p>It does not exist, or you are not authorized to see it.</p>',
  })

const link = (call: Call, path: string, text: string): string =>
  `<a href="${call.origin}${escapeHtml(path)}">${escapeHtml(text)}</a>`

function here(call: Call, state: State, name: string): Organization | null {
  const organization = organizationOf(state, name)
  return organization?.host === ORIGINS[call.origin]?.host ? (organization ?? null) : null
}

function front(call: Call, _params: Record<string, string>, state: State): Answer {
  const rows = state.organizations
    .filter(({ name }) => here(call, state, name))
    .map(
      ({ name }) =>
        `<li>${link(call, `/app/${name}/workspaces`, name)} · ${link(call, `/app/${name}/settings/authentication-tokens`, 'API Tokens')}</li>`,
    )
  const own = link(call, '/app/settings/tokens', 'Tokens of your own')
  const body = `<h1>Organizations</h1><div class="card"><ul>${rows.join('')}<li>${own}</li></ul></div>`
  return page(200, { title: 'Terraform', body })
}

const framed = (call: Call, { name }: Organization, title: string, body: string): Answer =>
  page(200, {
    title: `${title} · ${name} · Terraform`,
    isWide: true,
    body: `<p>${link(call, `/app/${name}/workspaces`, name)}</p><h1>${escapeHtml(title)}</h1>${body}`,
  })

function workspacesPage(call: Call, { org = '' }: Record<string, string>, state: State): Answer {
  const organization = here(call, state, org)
  if (!organization) return missing()
  const rows = state.workspaces
    .filter((one) => one.organization === organization.name)
    .map(
      (one) =>
        `<li>${link(call, `/app/${org}/workspaces/${one.name}`, one.name)} ${escapeHtml(one.description ?? '')}</li>`,
    )
  return framed(call, organization, 'Workspaces', `<div class="card"><ul>${rows.join('')}</ul></div>`)
}

type Found = { organization: Organization; workspace: Workspace; runs: Run[] }

function found(call: Call, { org = '', name = '' }: Record<string, string>, state: State): Found | null {
  const organization = here(call, state, org)
  const workspace = state.workspaces.find((one) => one.organization === org && one.name === name)
  return organization && workspace ? { organization, workspace, runs: runsOf(state, workspace) } : null
}

function workspacePage(call: Call, params: Record<string, string>, state: State): Answer {
  const known = found(call, params, state)
  if (!known) return missing()
  const { organization, workspace, runs } = known
  const rows = runs.map(
    ({ id, message, status, by, createdAt }) =>
      `<li>${link(call, `/app/${organization.name}/workspaces/${workspace.name}/runs/${id}`, message)} <span class="soft">${escapeHtml(`${status} · ${by} · ${isoTime(createdAt)}`)}</span></li>`,
  )
  const about = `<p>${escapeHtml(workspace.description ?? 'No description')}</p><p class="soft">Terraform ${workspace.terraformVersion} · ${workspace.executionMode} · ${workspace.id}</p>`
  const list = `<div class="card"><h2>Runs</h2><ul>${rows.join('') || '<li>None</li>'}</ul></div>`
  return framed(call, organization, workspace.name, about + list)
}

function runPage(call: Call, params: Record<string, string>, state: State): Answer {
  const known = found(call, params, state)
  const run = known?.runs.find(({ id }) => id === params.run)
  if (!known || !run) return missing()
  const facts = [run.status, run.by, isoTime(run.createdAt), run.source, run.id]
  const counts = `Plan: ${run.additions} to add, ${run.changes} to change, ${run.destructions} to destroy.`
  const back = link(call, `/app/${known.organization.name}/workspaces/${known.workspace.name}`, known.workspace.name)
  return framed(
    call,
    known.organization,
    run.message,
    `<p>${back}</p><p class="soft">${escapeHtml(facts.join(' · '))}</p><div class="card"><pre>${counts}</pre></div>`,
  )
}

function statesPage(call: Call, params: Record<string, string>, state: State): Answer {
  const known = found(call, params, state)
  if (!known) return missing()
  const { organization, workspace } = known
  const rows = statesOf(state, workspace).map(
    ({ id, serial, createdAt }) =>
      `<li>#${serial} <span class="soft">${escapeHtml(`${isoTime(createdAt)} · ${id}`)}</span></li>`,
  )
  const list = `<div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`
  return framed(call, organization, `States of ${workspace.name}`, list)
}
