import { type Answered, send } from '#lib/platform/http.ts'
import type { Client, OAuth2 } from '#lib/providers/define.ts'

const MAX_BYTES = 65_536

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
const formEncode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** Proves who we are, in the way the provider takes it: in a header, in the body, or by name alone. */
function authenticate(client: Client, clientAuth: OAuth2['clientAuth'], headers: Headers, form: URLSearchParams): void {
  if (clientAuth === 'basic') {
    const pair = `${formEncode(client.id)}:${formEncode(client.secret ?? '')}`
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
    return
  }
  form.set('client_id', client.id)
  if (clientAuth === 'body' && client.secret !== null) form.set('client_secret', client.secret)
}

export type TokenRequest = {
  endpoint: string
  client: Client
  clientAuth: OAuth2['clientAuth']
  parameters: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  timeoutMs?: number
}

/** Posts JSON to a token endpoint that knows no forms. Never follows a redirect: the body holds secrets. */
export function postJson({ endpoint, body }: { endpoint: string; body: object }): Promise<Answered> {
  const headers = new Headers({
    accept: 'application/json',
    'user-agent': 'Plugboard',
    'content-type': 'application/json',
  })
  const once = { method: 'POST', headers, redirects: 'refuse', maxBytes: MAX_BYTES } as const // as const: names of choices
  return send(endpoint, { ...once, body: JSON.stringify(body) })
}

/** Posts a form to a token or revocation endpoint. Never follows a redirect: the body holds secrets. */
export function postForm({
  endpoint,
  client,
  clientAuth,
  parameters,
  headers,
  timeoutMs,
}: TokenRequest): Promise<Answered> {
  const form = new URLSearchParams(parameters)
  const sent = new Headers({
    accept: 'application/json',
    'user-agent': 'Plugboard',
    ...headers,
    'content-type': 'application/x-www-form-urlencoded',
  })
  authenticate(client, clientAuth, sent, form)
  return send(endpoint, {
    method: 'POST',
    headers: sent,
    body: form.toString(),
    redirects: 'refuse',
    maxBytes: MAX_BYTES,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}
