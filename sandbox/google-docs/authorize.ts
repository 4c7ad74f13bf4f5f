import type { Answer, Call } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { readScopes } from './scopes.ts'
import { type ConsentRequest, clients, type State } from './state.ts'

const PROMPTS = ['none', 'consent', 'select_account']

/** An error of Google's own page; nobody is sent back (developers.google.com/identity/protocols/oauth2/web-server, authorization errors). */
export class Blocked extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, text: string) {
    super(text)
    this.status = status
    this.code = code
  }
}

const invalid = (text: string): Blocked => new Blocked(400, 'invalid_request', text)

/** The page that says why a request went no further. */
export const blockedPage = ({ status, code, message }: Blocked): Answer =>
  page(status, {
    title: 'Error',
    body: `<h1>Access blocked</h1><div class="card"><p>${escapeHtml(message)}</p><p class="soft">Error ${status}: <code>${code}</code></p></div>`,
  })

/** The parameters of an authorization request, checked. */
export function readRequest(call: Call, state: State): ConsentRequest {
  const { query } = call
  for (const name of new Set(query.keys())) {
    if (query.getAll(name).length > 1) throw invalid(`OAuth 2 parameters can only have a single value: ${name}`)
  }
  if (/\bwv\)|\bFBA[NV]\b/.test(call.headers['user-agent'] ?? ''))
    throw new Blocked(403, 'disallowed_useragent', 'This browser is not one that Google lets people sign in with.')
  const { clientId, redirectUri } = readClient(query, state)
  const type = query.get('response_type')
  if (!type) throw invalid('Required parameter is missing: response_type')
  if (type !== 'code') throw new Blocked(400, 'unsupported_response_type', `Invalid response_type: ${type}`)
  return {
    clientId,
    redirectUri,
    scopes: scopesOf(query),
    isOffline: isOffline(query),
    includesGranted: query.get('include_granted_scopes') === 'true',
    prompt: promptOf(query),
    state: query.get('state'),
    nonce: query.get('nonce'),
    challenge: challengeOf(query),
  }
}

function readClient(query: URLSearchParams, { world, settings }: State) {
  const clientId = query.get('client_id')
  if (!clientId) throw invalid('Missing required parameter: client_id')
  const client = clients(world).find(({ id }) => id === clientId)
  if (!client) throw new Blocked(401, 'invalid_client', 'The OAuth client was not found.')
  if (settings.clientDeleted) throw new Blocked(401, 'deleted_client', 'The OAuth client was deleted.')
  const redirectUri = query.get('redirect_uri')
  if (!redirectUri) throw invalid('Missing required parameter: redirect_uri')
  if (!client.redirectUris.includes(redirectUri)) {
    throw new Blocked(
      400,
      'redirect_uri_mismatch',
      `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
    )
  }
  return { clientId, redirectUri }
}

function scopesOf(query: URLSearchParams): string[] {
  const read = readScopes(query.get('scope') ?? '')
  if ('unknown' in read)
    throw new Blocked(
      400,
      'invalid_scope',
      `Some requested scopes were invalid. {invalid=[${read.unknown.join(', ')}]}`,
    )
  if (read.scopes.length === 0) throw invalid('Missing required parameter: scope')
  return read.scopes
}

function isOffline(query: URLSearchParams): boolean {
  const type = query.get('access_type') ?? 'online'
  if (type !== 'online' && type !== 'offline') throw invalid(`Invalid parameter value for access_type: ${type}`)
  return type === 'offline'
}

function promptOf(query: URLSearchParams): string[] {
  const prompt = (query.get('prompt') ?? '').split(' ').filter(Boolean)
  const isSound = prompt.every((one) => PROMPTS.includes(one)) && !(prompt.includes('none') && prompt.length > 1)
  if (!isSound) throw invalid(`Invalid parameter value for prompt: ${query.get('prompt')}`)
  return prompt
}

// RFC 7636 section 4.3: a missing method means plain.
function challengeOf(query: URLSearchParams): ConsentRequest['challenge'] {
  const value = query.get('code_challenge')
  const method = query.get('code_challenge_method') ?? 'plain'
  if (value === null) {
    if (query.has('code_challenge_method')) throw invalid('Missing required parameter: code_challenge')
    return null
  }
  if (method !== 'S256' && method !== 'plain')
    throw invalid(`Invalid parameter value for code_challenge_method: ${method}`)
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) throw invalid('Invalid parameter value for code_challenge')
  return { value, method }
}
