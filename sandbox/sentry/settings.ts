import { type Answer, type Call, fields, header } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { named, ORIGIN, type State, type Token, type TokenKind } from './state.ts'
import { endTokens, makeToken } from './tokens.ts'

type Section = { kind: TokenKind; title: string; action: string }

const PERSONAL: Section = { kind: 'user', title: 'Personal Tokens', action: 'Create New Token' }
const SECTIONS: Record<string, Section> = {
  'developer-settings': { kind: 'internal', title: 'Custom Integrations', action: 'Create New Integration' },
  'auth-tokens': { kind: 'organization', title: 'Organization Tokens', action: 'Create New Token' },
}
const RESOURCES = { project: 'Project', event: 'Issue & Event', org: 'Organization' }
const LEVELS = { none: 'No Access', read: 'Read', write: 'Read & Write', admin: 'Admin' }
const OWNER = 'dana@acme.example'

type Place = { section: Section; organization: string | null; address: string }

/** Where in the settings an address is: of an organization, or (without one) of the person. */
function placeOf(state: State, { org, section = '' }: Record<string, string>): Place | null {
  if (org === undefined) return { section: PERSONAL, organization: null, address: '/settings/account/api/auth-tokens/' }
  const [organization, known] = [named(state.organizations, org), SECTIONS[section]]
  if (!organization || !known) return null
  return { section: known, organization: organization.slug, address: `/settings/${organization.slug}/${section}/` }
}

const isThere = ({ section, organization }: Place, token: Token): boolean =>
  token.kind === section.kind && token.organization === organization

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`

/** A list of tokens, of which only the end is shown. */
export function settingsPage(state: State, params: Record<string, string>): Answer | null {
  const place = placeOf(state, params)
  if (!place) return null
  const { section, address } = place
  const rows = [...state.tokens.values()]
    .filter((token) => isThere(place, token))
    .map((token) => {
      const about = `<strong>${escapeHtml(token.name)}</strong> <code>…${escapeHtml(token.value.slice(-4))}</code> <span class="soft">${escapeHtml(token.scopes.join(', '))}</span>`
      const form = `<form method="post" action="${ORIGIN}/settings/tokens/delete">${hidden('end', token.value.slice(-12))}${hidden('kind', token.kind)}<button aria-label="Delete ${escapeHtml(token.name)}">Delete</button></form>`
      return `<li>${about}${form}</li>`
    })
  const create = `${ORIGIN}${address}${section.kind === 'internal' ? 'new-internal' : 'new-token'}/`
  return page(200, {
    title: section.title,
    body: `<h1>${section.title}</h1><div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div><p><a href="${create}">${section.action}</a></p>`,
  })
}

/** The form that makes a token; an organization token's permission cannot be chosen. */
export function newToken(state: State, params: Record<string, string>): Answer | null {
  const place = placeOf(state, params)
  if (!place) return null
  const { section, organization } = place
  if (params.form !== (section.kind === 'internal' ? 'new-internal' : 'new-token')) return null
  const options = Object.entries(LEVELS).map(([value, text]) => `<option value="${value}">${escapeHtml(text)}</option>`)
  const choices = Object.entries(RESOURCES).map(
    ([name, text]) => `<label>${escapeHtml(text)} <select name="${name}">${options.join('')}</select></label>`,
  )
  const permissions =
    section.kind === 'organization'
      ? '<p>Scope: <code>org:ci</code> (source maps and releases)</p>'
      : `<fieldset><legend>Permissions</legend>${choices.join('')}</fieldset>`
  const body = `<h1>${section.action}</h1><form method="post" action="${ORIGIN}/settings/tokens/create">${hidden('kind', section.kind)}${hidden('organization', organization ?? '')}
<label>Name <input name="name" value="Plugboard" required></label>${permissions}<div class="actions"><button class="go">Save Changes</button></div></form>`
  return page(200, { title: section.action, body })
}

/** POST of that form; the token is shown this once. */
export function createToken(call: Call, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent)
    return page(403, { title: 'Forbidden', body: '<h1>CSRF Verification Failed</h1>' })
  const section = [PERSONAL, ...Object.values(SECTIONS)].find(({ kind }) => kind === sent.kind)
  const organization = named(state.organizations, sent.organization ?? '')
  if (!section || (section !== PERSONAL && !organization)) return page(400, { title: 'Error', body: '<h1>Error</h1>' })
  const scopes = Object.keys(RESOURCES).flatMap((name) => scopesUpTo(name, sent[name] ?? 'none'))
  const about = { kind: section.kind, name: sent.name || 'Plugboard', account: OWNER, scopes }
  const { token, integration } = makeToken(state, organization ? { ...about, organization: organization.slug } : about)
  const secret =
    integration && `<h2>Client Secret</h2><pre id="client-secret">${escapeHtml(integration.clientSecret)}</pre>`
  const body = `<h1>${escapeHtml(token.name)}</h1><div class="card"><h2>Token</h2><pre id="token">${escapeHtml(token.value)}</pre><p class="soft">You will not see it again.</p>${secret ?? ''}</div>`
  return page(200, { title: 'New token', isWide: true, body })
}

/** POST: ends a token, and its integration with it. */
export function deleteToken(call: Call, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent)
    return page(403, { title: 'Forbidden', body: '<h1>CSRF Verification Failed</h1>' })
  const end = sent.end ?? ''
  const ended = endTokens(state, ({ value, kind }) => end.length === 12 && kind === sent.kind && value.endsWith(end))
  const text = ended === 0 ? 'There is no such token.' : 'Deleted. It stopped working at once.'
  return page(ended === 0 ? 404 : 200, { title: 'Delete', body: `<h1>${text}</h1>` })
}

function scopesUpTo(resource: string, level: string): string[] {
  const levels = ['read', 'write', 'admin']
  return levels.slice(0, levels.indexOf(level) + 1).map((one) => `${resource}:${one}`)
}

const isForeign = (call: Call, state: State): boolean => {
  const origin = header(call, 'origin')
  return origin !== undefined && origin !== state.world.url
}
