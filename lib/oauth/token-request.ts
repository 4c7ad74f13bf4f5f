import { type Answered, send } from '#lib/platform/http.ts'
import { basicAuth } from '#lib/providers/basic-auth.ts'
import type { Client } from '#lib/providers/define.ts'
import type { Dialect, OAuth2 } from '#lib/providers/define-auth.ts'

const MAX_BYTES = 65_536

/** Proves who we are, in the way the provider takes it: in a header, in the body, or by name alone. */
function authenticate(client: Client, clientAuth: OAuth2['clientAuth'], headers: Headers, form: URLSearchParams): void {
  if (clientAuth === 'basic') {
    headers.set('authorization', basicAuth(client))
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
  dialect?: Dialect | undefined
  timeoutMs?: number
}

// as const: names of choices
const once = { method: 'POST', redirects: 'refuse', maxBytes: MAX_BYTES } as const
const known = { accept: 'application/json', 'user-agent': 'Plugboard' }

/** Posts JSON to a token endpoint that knows no clients. Never follows a redirect: the body holds secrets. */
export function postJson({ endpoint, body }: { endpoint: string; body: object }): Promise<Answered> {
  const headers = new Headers({ ...known, 'content-type': 'application/json' })
  return send(endpoint, { ...once, headers, body: JSON.stringify(body) })
}

/** Posts to a token or revocation endpoint as a client: a form, or JSON where the dialect says so. Never follows a redirect, as postJson. */
export function postAsClient({
  endpoint,
  client,
  clientAuth,
  parameters,
  dialect,
  timeoutMs,
}: TokenRequest): Promise<Answered> {
  const form = new URLSearchParams(parameters)
  const isJson = dialect?.tokenBody === 'json'
  const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded'
  const headers = new Headers({ ...known, ...dialect?.tokenHeaders, 'content-type': type })
  authenticate(client, clientAuth, headers, form)
  return send(endpoint, {
    ...once,
    headers,
    body: isJson ? JSON.stringify(Object.fromEntries(form)) : form.toString(),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
}
