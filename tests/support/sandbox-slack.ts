import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { client_id: 'sandbox-slack', client_secret: 'sandbox-slack-secret' }
export const REDIRECT_URI = `${APP_URL}/api/callback/slack`
export const BOT_SCOPES =
  'channels:read,channels:history,channels:join,groups:read,groups:history,users:read,users:read.email,chat:write,team:read'

/** A simulated Slack seen through plain fetch. */
export function slackClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const web = `${url}/slack-web`

  const authorizeUrl = (query: Record<string, string> = {}): string => {
    const all = { client_id: CLIENT.client_id, redirect_uri: REDIRECT_URI, scope: BOT_SCOPES, state: 'st4te', ...query }
    return `${web}/oauth/v2/authorize?${new URLSearchParams(all)}`
  }
  const post = (method: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${web}/api/${method}`, { method: 'POST', body: new URLSearchParams(fields), headers })
  const tokenCall = async (fields: Record<string, string>) => {
    const response = await post('oauth.v2.access', fields)
    if (response.status !== 200) throw new Error(`token endpoint answered ${response.status}`)
    return response.json()
  }
  const codeFor = async (account: string, query: Record<string, string> = {}): Promise<string> => {
    const location = new URL(await sandbox.consent(authorizeUrl(query), { account }))
    return location.searchParams.get('code') ?? ''
  }
  const exchange = (code: string, fields: Record<string, string> = {}) =>
    tokenCall({ ...CLIENT, code, redirect_uri: REDIRECT_URI, ...fields })
  const install = async (account = 'dana@acme-corp', query: Record<string, string> = {}) =>
    exchange(await codeFor(account, query))
  const refresh = (value: unknown) =>
    tokenCall({ ...CLIENT, grant_type: 'refresh_token', refresh_token: String(value) })
  const get = (method: string, token?: string, query: Record<string, string> = {}): Promise<Response> =>
    fetch(`${web}/api/${method}?${new URLSearchParams(query)}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  const call = async (method: string, token?: string, query: Record<string, string> = {}) =>
    (await get(method, token, query)).json()
  /** A call whose arguments are JSON. */
  const send = async (method: string, token: string, body: unknown) => {
    const response = await fetch(`${web}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
    })
    return response.json()
  }

  return { ...sandbox, web, authorizeUrl, post, tokenCall, codeFor, exchange, install, refresh, get, call, send }
}
