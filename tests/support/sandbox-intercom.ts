import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { client_id: 'sandbox-intercom', client_secret: 'sandbox-intercom-secret' }
export const DANA = 'dana@acme'
const VERSION = '2.16'

type Json = Record<string, unknown>
type Fields = Record<string, string>

/** A simulated Intercom seen through plain fetch, by the app at `appUrl`. */
export function intercomClient(url: string, appUrl = APP_URL) {
  const redirectUri = `${appUrl}/api/callback/intercom`
  const sandbox: SandboxClient = sandboxClient(url)
  const [web, api] = [`${url}/intercom-web`, `${url}/intercom-api`]
  const set = (settings: Json) => sandbox.control.set({ provider: 'intercom', ...settings })

  const authorizeUrl = (query: Fields = {}): string => {
    const all = { client_id: CLIENT.client_id, redirect_uri: redirectUri, state: 'st4te', ...query }
    return `${web}/oauth?${new URLSearchParams(all)}`
  }
  const codeFor = async (account = DANA): Promise<string> => {
    const location = await sandbox.consent(authorizeUrl(), { account })
    return new URL(location).searchParams.get('code') ?? ''
  }
  const exchange = (code: string, fields: Fields = {}): Promise<Response> =>
    fetch(`${api}/auth/eagle/token`, { method: 'POST', body: new URLSearchParams({ ...CLIENT, code, ...fields }) })
  const tokenFor = async (account = DANA): Promise<string> =>
    (await (await exchange(await codeFor(account))).json()).access_token
  /** A call of the API at the pinned version; a header that is null is left out, or as fetch has it. */
  const get = (path: string, token?: string, headers: Record<string, string | null> = {}): Promise<Response> => {
    const all = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      accept: 'application/json',
      'intercom-version': VERSION,
      ...headers,
    }
    const sent = Object.entries(all).filter((one): one is [string, string] => one[1] !== null)
    return fetch(path.startsWith('http') ? path : `${api}${path}`, { redirect: 'manual', headers: sent })
  }
  const read = async (path: string, token?: string) => (await get(path, token)).json()
  const post = (path: string, token: string, body: unknown, headers: Fields = {}): Promise<Response> =>
    fetch(`${api}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'content-type': 'application/json',
        'intercom-version': VERSION,
        ...headers,
      },
    })
  const search = async (kind: 'conversations' | 'contacts', token: string, query: unknown, more: Json = {}) =>
    (await post(`/${kind}/search`, token, { query, ...more })).json()

  const calls = { authorizeUrl, codeFor, exchange, tokenFor, get, read, post, search }
  return { ...sandbox, ...calls, web, api, redirectUri, set }
}

/** What a refusal says: `401 unauthorized: Access Token Invalid`. */
export async function refusalOf(response: Response): Promise<string> {
  const { type, request_id, errors } = await response.json()
  const [{ code, message }] = errors
  if (type !== 'error.list' || typeof request_id !== 'string' || errors.length !== 1) throw new Error('no error list')
  return `${response.status} ${code}: ${message}`
}
