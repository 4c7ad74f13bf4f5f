import { type Answer, type Call, fields, header, json } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { makeApiToken } from './api-tokens.ts'
import { accountOf, atlassianApp, type State } from './state.ts'
import { endGrant } from './tokens.ts'

const APPS = '/atlassian-auth/manage-profile/apps'
const TOKENS = '/atlassian-auth/manage-profile/security/api-tokens'

/** A person's own settings, which are on id.atlassian.com: the apps they allowed, and their API tokens. Signing in is not simulated. */
export function showProfile(call: Call, state: State): Answer {
  const line = `${call.method} ${call.path}`
  if (line === `GET ${APPS}`) return connectedApps(state)
  if (line === `GET ${TOKENS}`) return apiTokens(state)
  if (line !== `POST ${APPS}` && line !== `POST ${TOKENS}`) return json(404, { code: 404, message: 'Not Found' })
  const sent = fields(call) ?? {}
  const origin = header(call, 'origin')
  const isForeign = origin !== undefined && origin !== state.world.url
  if (isForeign || !accountOf(state, sent.account ?? '')) return notice(400, 'That did not work')
  return call.path === APPS ? removeApp(state, sent.account ?? '') : createToken(state, sent)
}

const notice = (status: number, title: string): Answer => page(status, { title, body: `<h1>${escapeHtml(title)}</h1>` })

function connectedApps(state: State): Answer {
  const { name } = atlassianApp(state.world)
  const cards = [...state.grants.values()].map(({ email, scopes }) => {
    const list = scopes.map((scope) => `<code>${escapeHtml(scope)}</code>`).join(' ')
    return `<div class="card"><h2>${escapeHtml(name)} · ${escapeHtml(email)}</h2><p class="soft">${list}</p><form method="post" action="${APPS}"><input type="hidden" name="account" value="${escapeHtml(email)}"><div class="actions"><button>Remove access for ${escapeHtml(email)}</button></div></form></div>`
  })
  return page(200, { title: 'Connected apps', body: `<h1>Connected apps</h1>${cards.join('') || '<p>None</p>'}` })
}

function removeApp(state: State, email: string): Answer {
  const ended = endGrant(state, email)
  return notice(
    200,
    ended === 0 ? 'There was nothing to remove' : `${atlassianApp(state.world).name} has no access any more`,
  )
}

function apiTokens(state: State): Answer {
  const rows = [...state.apiTokens.values()].map(
    ({ email, label, value, expiresAt }) =>
      `<li>${escapeHtml(label)} <code>…${escapeHtml(value.slice(-8))}</code> <span class="soft">${escapeHtml(email)}, until ${new Date(expiresAt).toISOString().slice(0, 10)}</span></li>`,
  )
  const people = state.accounts.map(({ email }) => `<option>${escapeHtml(email)}</option>`)
  return page(200, {
    title: 'API tokens',
    body: `<h1>API tokens</h1><div class="card"><ul>${rows.join('')}</ul></div>
<form method="post" action="${TOKENS}" class="card"><label>Account <select name="account">${people.join('')}</select></label><label>Name <input name="label" value="Plugboard" required></label><div class="actions"><button class="go">Create API token</button></div></form>`,
  })
}

/** The token is shown this once; it lives a year. */
function createToken(state: State, { account = '', label = '' }: Record<string, string>): Answer {
  const { value } = makeApiToken(state, { email: account, label: label || 'Plugboard', scopes: null }, 365)
  const body = `<h1>Copy your API token</h1><div class="card"><pre id="token">${escapeHtml(value)}</pre><p class="soft">You will not see it again.</p></div>`
  return page(200, { title: 'API token', isWide: true, body })
}
