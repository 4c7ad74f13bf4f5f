import { type Answer, type Call, fields, header } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { ORIGINS, type Organization, organizationOf, type State, type Token } from './state.ts'
import { endTokens, isAlive, keepToken } from './tokens.ts'

const OWNER = 'dana-k'
const DAYS = { '30': '30 days', '60': '60 days', '90': '90 days', none: 'No expiration' }
const DAY_MS = 86_400_000

const hidden = (name: string, value: string): string =>
  `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`

/** Who the person at these pages is at this installation. */
function personAt(call: Call, state: State): string {
  const host = ORIGINS[call.origin]?.host
  const people = state.users.filter((one) => one.host === host)
  return (people.find(({ username }) => username === OWNER) ?? people[0])?.username ?? OWNER
}

function isListed(call: Call, state: State, token: Token, organization: Organization | null): boolean {
  if (organization) return token.organization === organization.name
  return token.username === personAt(call, state) && token.host === ORIGINS[call.origin]?.host
}

/** The tokens of an organization and its teams, or one's own, and the form that makes one. */
export function tokensPage(call: Call, state: State, organization: Organization | null): Answer {
  const teams = state.teams.filter((one) => one.organization === organization?.name)
  const ownerOf = ({ team, kind }: Token) => teams.find(({ id }) => id === team)?.name ?? kind
  const rows = [...state.tokens.values()]
    .filter((token) => isListed(call, state, token, organization))
    .map((token) => {
      const name = token.description ?? 'No description'
      const about = `<strong>${escapeHtml(name)}</strong> <span class="soft">${escapeHtml(ownerOf(token))}${isAlive(state, token) ? '' : ' · expired'}</span>`
      return `<li>${about}<form method="post" action="${call.origin}/app/settings/tokens/delete">${hidden('id', token.id)}<button aria-label="Delete ${escapeHtml(name)}">Delete</button></form></li>`
    })
  const choice = (value: string, text: string) => `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`
  const owners = [...teams.map(({ name }) => choice(name, `Team ${name}`)), choice('', 'The organization')]
  const whose = organization ? `<label>Token of <select name="team">${owners.join('')}</select></label>` : ''
  const expiry = Object.entries(DAYS).map(([value, text]) => choice(value, text))
  const form = `<form method="post" action="${call.origin}/app/settings/tokens/create">${hidden('organization', organization?.name ?? '')}${whose}
<label>Description <input name="description" value="Plugboard" required></label><label>Expiration <select name="days">${expiry.join('')}</select></label>
<div class="actions"><button class="go">Generate token</button></div></form>`
  const title = organization ? 'API Tokens' : 'Tokens'
  return page(200, {
    title,
    body: `<h1>${title}</h1><h2>Create a token</h2>${form}<div class="card"><ul>${rows.join('') || '<li>None</li>'}</ul></div>`,
  })
}

/** POST of that form; the token is shown this once. */
export function createToken(call: Call, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent) return page(403, { title: 'Forbidden', body: '<h1>Invalid CSRF token</h1>' })
  const { organization = '', team = '', description = 'Plugboard', days = '30' } = sent
  const known = organizationOf(state, organization)
  const hasTeam = state.teams.some((one) => one.organization === organization && one.name === team)
  const host = ORIGINS[call.origin]?.host ?? 'us'
  if (organization !== '' && (known?.host !== host || (team !== '' && !hasTeam))) {
    return page(404, { title: 'Not found', body: '<h1>Page not found</h1>' })
  }
  const expiresAt = days === 'none' ? null : state.world.clock.now() + Number(days) * DAY_MS
  const whose = known
    ? { kind: team === '' ? ('organization' as const) : ('team' as const), organization, team }
    : { kind: 'user' as const, username: personAt(call, state), host }
  const token = keepToken(state, { ...whose, description, expiresAt })
  const body = `<h1>${escapeHtml(description)}</h1><div class="card"><h2>Token</h2><pre id="token">${escapeHtml(token.value)}</pre><p class="soft">It is not shown again.</p></div>`
  return page(200, { title: 'New token', isWide: true, body })
}

/** POST: ends a token. */
export function deleteToken(call: Call, state: State): Answer {
  const sent = fields(call)
  if (isForeign(call, state) || !sent) return page(403, { title: 'Forbidden', body: '<h1>Invalid CSRF token</h1>' })
  const ended = endTokens(state, ({ id }) => id === sent.id)
  const text = ended === 0 ? 'There is no such token.' : 'Deleted. It stopped working at once.'
  return page(ended === 0 ? 404 : 200, { title: 'Delete', body: `<h1>${text}</h1>` })
}

const isForeign = (call: Call, state: State): boolean => {
  const origin = header(call, 'origin')
  return origin !== undefined && origin !== state.world.url
}
