import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { client_id: 'sandbox-github', client_secret: 'sandbox-github-secret' }
export const REDIRECT_URI = `${APP_URL}/api/callback/github`
const SCOPES = 'repo read:user user:email read:org'

export type TokenAnswer = Record<string, string | number | undefined> & { access_token: string; scope: string }

/** A simulated GitHub seen through plain fetch. */
export function githubClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const web = `${url}/github-web`

  const authorizeUrl = (query: Record<string, string> = {}): string => {
    const all = { client_id: CLIENT.client_id, redirect_uri: REDIRECT_URI, scope: SCOPES, state: 'st4te', ...query }
    return `${web}/login/oauth/authorize?${new URLSearchParams(all)}`
  }
  const tokenCall = async (fields: Record<string, string>): Promise<TokenAnswer> => {
    const response = await fetch(`${web}/login/oauth/access_token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(fields),
    })
    if (response.status !== 200) throw new Error(`token endpoint answered ${response.status}`)
    return response.json()
  }
  const codeFor = async (account: string, query: Record<string, string> = {}): Promise<string> => {
    const location = new URL(await sandbox.consent(authorizeUrl(query), { account }))
    return location.searchParams.get('code') ?? ''
  }
  const exchange = (code: string, fields: Record<string, string> = {}): Promise<TokenAnswer> =>
    tokenCall({ ...CLIENT, code, redirect_uri: REDIRECT_URI, ...fields })
  const tokenFor = async (account: string, query: Record<string, string> = {}): Promise<string> =>
    (await exchange(await codeFor(account, query))).access_token
  const api = (path: string, token?: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${url}/github-api${path}`, {
      redirect: 'manual',
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    })
  /** A call as the application itself, by HTTP Basic. */
  const asApp = (method: string, path: string, body: unknown, secret = CLIENT.client_secret): Promise<Response> =>
    fetch(`${url}/github-api/applications/${path}`, {
      method,
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${CLIENT.client_id}:${secret}`).toString('base64')}`,
      },
    })

  return { ...sandbox, web, authorizeUrl, tokenCall, codeFor, exchange, tokenFor, api, asApp }
}
