import { type Answer, type Call, fields, header } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { meaning, SCOPES } from './scopes.ts'
import { accountOf, ID, named, type State, type TokenKind } from './state.ts'
import { endTokens, makeToken } from './tokens.ts'

const PATH = '/manage-profile/security/api-tokens'
const KINDS: Readonly<Record<string, TokenKind>> = { bitbucket: 'scoped', jira: 'jira', none: 'unscoped' }

/** A person's API tokens, which are on id.atlassian.com; signing in is not simulated. */
export function showTokens(call: Call, state: State): Answer {
  const line = `${call.method} ${call.rest.replace(/\/$/, '')}`
  if (line === `GET ${PATH}`) return listPage(state)
  if (line !== `POST ${PATH}` && line !== `POST ${PATH}/revoke`) return notice(404, 'Not found')
  const origin = header(call, 'origin')
  const sent = fields(call)
  if ((origin !== undefined && origin !== state.world.url) || !sent) return notice(403, 'That did not work')
  return line.endsWith('/revoke') ? revokeToken(state, sent) : createToken(call, state, sent)
}

const notice = (status: number, title: string): Answer => page(status, { title, body: `<h1>${escapeHtml(title)}</h1>` })

function listPage(state: State): Answer {
  const rows = [...state.tokens.values()].map(({ account, label, value, expiresAt, scopes }) => {
    const until = new Date(expiresAt).toISOString().slice(0, 10)
    const about = `${escapeHtml(label)} <code>…${escapeHtml(value.slice(-8))}</code> <span class="soft">${escapeHtml(account)}, until ${until}, ${scopes.length} scopes</span>`
    return `<li>${about}<form method="post" action="${ID}${PATH}/revoke"><input type="hidden" name="end" value="${escapeHtml(value.slice(-8))}"><button aria-label="Revoke ${escapeHtml(label)}">Revoke</button></form></li>`
  })
  const people = state.accounts.map(({ email }) => `<option>${escapeHtml(email)}</option>`)
  const places = state.workspaces.map(({ slug, name }) => `<option value="${slug}">${escapeHtml(name)}</option>`)
  const scopes = SCOPES.map(
    (scope) =>
      `<label><input type="checkbox" name="${scope}" value="on"> ${escapeHtml(meaning(scope))} <code>${scope}</code></label>`,
  )
  return page(200, {
    title: 'API tokens',
    body: `<h1>API tokens</h1><div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>
<form method="post" action="${ID}${PATH}" class="card"><h2>Create API token with scopes</h2>
<label>Account <select name="account">${people.join('')}</select></label>
<label>Name <input name="label" value="Plugboard" required></label>
<label>Expires in days <input name="days" type="number" min="1" max="365" value="365" required></label>
<label>App <select name="app"><option value="bitbucket">Bitbucket</option><option value="jira">Jira</option><option value="none">None (a token without scopes)</option></select></label>
<label>Workspace <select name="workspace"><option value="">All of them</option>${places.join('')}</select></label>
<fieldset><legend>Scopes</legend>${scopes.join('')}</fieldset><div class="actions"><button class="go">Create token</button></div></form>`,
  })
}

/** The token is shown this once, and cannot be changed after. */
function createToken(call: Call, state: State, sent: Record<string, string>): Answer {
  const kind = KINDS[sent.app ?? '']
  const days = Number(sent.days)
  const workspace = sent.workspace ? named(state.workspaces, sent.workspace) : null
  const isWhole = Number.isInteger(days) && days >= 1 && days <= 365
  const account = accountOf(state, sent.account ?? '')
  if (!kind || !isWhole || !account || workspace === undefined) return notice(400, 'That did not work')
  const ticked = new URLSearchParams(call.body.toString('utf8'))
  const { value } = makeToken(state, {
    kind,
    days,
    account: account.email,
    label: sent.label || 'Plugboard',
    scopes: kind === 'scoped' ? SCOPES.filter((scope) => ticked.has(scope)) : [],
    workspace: workspace?.slug ?? null,
  })
  const body = `<h1>Copy your API token</h1><div class="card"><pre id="token">${escapeHtml(value)}</pre><p class="soft">You will not see it again.</p></div>`
  return page(200, { title: 'API token', isWide: true, body })
}

function revokeToken(state: State, { end = '' }: Record<string, string>): Answer {
  const ended = endTokens(state, ({ value }) => end.length === 8 && value.endsWith(end))
  return notice(
    ended === 0 ? 404 : 200,
    ended === 0 ? 'There is no such token' : 'Revoked. It stopped working at once.',
  )
}
