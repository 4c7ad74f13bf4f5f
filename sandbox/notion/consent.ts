import { randomBytes, randomUUID } from 'node:crypto'
import { type Answer, type Call, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import {
  accountName,
  accountOf,
  type ConsentRequest,
  type Grant,
  notionApp,
  type Person,
  type State,
  type Workspace,
} from './state.ts'
import { hasFullAccess, offered, parentOf } from './tree.ts'

const CODE_SECONDS = 600

/** GET /v1/oauth/authorize: the page that asks a person, or a page of Notion's own about what is wrong. */
export function showConsent({ query }: Call, state: State): Answer {
  const app = notionApp(state.world)
  if (query.get('client_id') !== app.clientId) return failed('Missing or invalid client_id.')
  const sentRedirectUri = query.get('redirect_uri')
  if (sentRedirectUri !== null && sentRedirectUri !== app.redirectUri) return failed('Missing or invalid redirect_uri.')
  if (query.get('response_type') !== 'code') return failed('Missing or invalid response_type.')
  if (query.get('owner') !== 'user') return failed('Missing or invalid owner.')
  const id = randomBytes(24).toString('base64url')
  const redirectUri = sentRedirectUri ?? app.redirectUri
  state.requests.set(id, { redirectUri, sentRedirectUri, state: query.get('state') })
  return page(200, {
    title: `Connect ${app.name} with Notion`,
    formTargets: [new URL(redirectUri).origin],
    body: `<h1>Connect with ${escapeHtml(app.name)}</h1>
<form method="post" action="/notion-api/v1/oauth/authorize">
<input type="hidden" name="request" value="${id}">
<div class="card"><h2>${escapeHtml(app.name)} would like to</h2><ul>${abilities(state)}</ul></div>
<div class="card">${state.workspaces.map((workspace, index) => people(workspace, index === 0)).join('')}</div>
<div class="card">${picker(state)}
<div class="actions"><button name="decision" value="deny">Cancel</button><button class="go" name="decision" value="allow">Allow access</button></div></div>
<p class="soft">Allowing returns to <code>${escapeHtml(redirectUri)}</code></p>
</form>`,
  })
}

function abilities({ settings }: State): string {
  const { content, comments, users } = settings.capabilities
  const lines = [
    ...(content ? ['View the pages you select'] : []),
    ...(comments ? ['View comments on them'] : []),
    ...(users === 'none' ? [] : [users === 'emails' ? 'View users and their email addresses' : 'View users']),
  ]
  return lines.map((line) => `<li>${line}</li>`).join('')
}

function people(workspace: Workspace, isFirst: boolean): string {
  const labels = workspace.people.map((person, index) => {
    const account = escapeHtml(`${person.login}@${workspace.domain}`)
    const isChosen = isFirst && index === 0
    return `<label><input type="radio" name="account" value="${account}"${isChosen ? ' checked' : ''} required> <strong>${escapeHtml(person.name)}</strong> <span class="soft">${account}${person.isGuest ? ', guest' : ''}</span></label>`
  })
  return `<fieldset><legend>Workspace ${escapeHtml(workspace.name ?? 'without a name')}</legend>${labels.join('')}</fieldset>`
}

/** What may be shared, of all workspaces; who chose a thing without full access to it is told so afterwards. */
function picker(state: State): string {
  const lists = state.workspaces.map((workspace) => {
    const all = new Set(workspace.people.flatMap((person) => offered(state, workspace.id, person)))
    const labels = [...all].map((thing) => {
      const isInside = parentOf(state, thing) ? ' <span class="soft">inside another page</span>' : ''
      const title = `${thing.icon ?? (thing.object === 'page' ? '📄' : '🗂️')} ${thing.title}`
      return `<label><input type="checkbox" name="page" value="${thing.id}"> ${escapeHtml(title)}${isInside} <span class="soft">${ownersOf(state, workspace, thing)}</span></label>`
    })
    return `<fieldset><legend>Pages of ${escapeHtml(workspace.name ?? 'the workspace')}</legend>${labels.join('')}</fieldset>`
  })
  return `<fieldset><legend>Select pages</legend>
<label><input type="radio" name="share" value="all" checked> Everything at the top that I have full access to</label>
<label><input type="radio" name="share" value="chosen"> Only the pages ticked below, which may be none</label></fieldset>${lists.join('')}`
}

function ownersOf(state: State, workspace: Workspace, thing: Parameters<typeof hasFullAccess>[2]): string {
  const members = workspace.people.filter(({ isGuest }) => !isGuest)
  const owners = workspace.people.filter((person) => hasFullAccess(state, person, thing))
  const isEverybody = members.every((person) => owners.includes(person)) && owners.length === members.length
  return isEverybody ? '' : `only ${owners.map(({ name }) => escapeHtml(name)).join(', ')}`
}

/** POST of the consent form: one answer for each page shown. Without a choice everything is shared. */
export function decideConsent(call: Call, state: State): Answer {
  const sent = new URLSearchParams(call.body.toString('utf8'))
  const id = sent.get('request') ?? ''
  const request = state.requests.get(id)
  if (!request) return notice('This page was already answered', 'Start again from the application.')
  if (sent.get('decision') !== 'allow') {
    state.requests.delete(id)
    const echoed = state.settings.stateOnDenial ? (request.state ?? '') : ''
    return back(request, { error: 'access_denied', state: echoed })
  }
  const chosen = accountOf(state, sent.get('account') ?? '')
  if (!chosen) return notice('Choose who you are', 'Nobody here has that name.')
  const { workspace, person } = chosen
  const grant = { workspace: workspace.id, person: person.id }
  call.note.account = accountName(state, grant)
  const pages = pagesOf(state, workspace, person, sent)
  if (!pages) return notice('You can only select pages you have full access to', 'Go back and choose others.')
  state.requests.delete(id)
  return back(request, { code: newCode(state, grant, pages, request), state: request.state ?? '' })
}

function newCode(
  state: State,
  grant: Pick<Grant, 'workspace' | 'person'>,
  pages: readonly string[],
  { sentRedirectUri }: ConsentRequest,
): string {
  const code = randomUUID()
  const expiresAt = state.world.clock.now() + CODE_SECONDS * 1000
  state.codes.set(code, { ...grant, pages, sentRedirectUri, expiresAt, isUsed: false })
  return code
}

/** The ids of what a person shares; null when they may not share one of them. */
function pagesOf(state: State, workspace: Workspace, person: Person, sent: URLSearchParams): string[] | null {
  const able = offered(state, workspace.id, person)
  const ticked = sent.getAll('page')
  const isChosen = sent.get('share') === 'chosen'
  if (!isChosen) return able.filter((thing) => isTop(state, able, thing)).map(({ id }) => id)
  return ticked.every((id) => able.some((thing) => thing.id === id)) ? ticked : null
}

const isTop = (state: State, able: readonly unknown[], thing: Parameters<typeof parentOf>[1]): boolean =>
  !able.includes(parentOf(state, thing))

function back({ redirectUri }: ConsentRequest, answer: Record<string, string>): Answer {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value)
  return redirect(302, url.href)
}

const notice = (title: string, text: string): Answer =>
  page(422, { title, body: `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` })

// Notion shows these itself and sends nobody back.
const failed = (reason: string): Answer =>
  page(400, { title: 'Something went wrong', body: `<h1>Something went wrong</h1><p>${escapeHtml(reason)}</p>` })
