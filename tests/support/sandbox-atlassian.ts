import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { client_id: 'sandbox-atlassian', client_secret: 'sandbox-atlassian-secret' }
export const REDIRECT_URI = `${APP_URL}/api/callback/atlassian`
export const JIRA_SCOPES =
  'read:jira-work read:jira-user read:board-scope:jira-software read:project:jira read:issue-details:jira read:sprint:jira-software'
export const CONFLUENCE_SCOPES = 'read:space:confluence read:page:confluence search:confluence read:confluence-user'
export const BOTH = `offline_access read:me ${JIRA_SCOPES} ${CONFLUENCE_SCOPES}`

export const DANA = 'dana@acme.example'
export const SAM = 'sam@acme.example'
/** Cloud ids of the sites there are at the start. */
export const ACME = '8f2d61b0-4c7e-4a19-9b35-e06a7d1c52f8'
export const GLOBEX = 'b16e9a47-d3f0-4825-8c7a-2f94e0b5d613'
export const KOWALSKI = '30c5f7e2-a98b-4d16-b2e4-7f61d8093ac5'

/** An API token of the start by its word and checksum. */
export const apiToken = (word: string, checksum: string): string => `ATATT3xFfGF0sandbox-${word}=${checksum}`
export const DANAS_TOKEN = apiToken('dana', '5A11D00D')
export const basic = (email: string, token: string): string =>
  `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`

/** A simulated Atlassian seen through plain fetch. */
export function atlassianClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const [auth, api, site] = [`${url}/atlassian-auth`, `${url}/atlassian-api`, `${url}/atlassian-site`]

  const authorizeUrl = (query: Record<string, string> = {}): string => {
    const all = {
      audience: 'api.atlassian.com',
      client_id: CLIENT.client_id,
      redirect_uri: REDIRECT_URI,
      scope: BOTH,
      state: 'st4te',
      response_type: 'code',
      prompt: 'consent',
      ...query,
    }
    return `${auth}/authorize?${new URLSearchParams(all)}`
  }
  const codeFor = async (account = DANA, query: Record<string, string> = {}): Promise<string> => {
    const location = new URL(await sandbox.consent(authorizeUrl(query), { account }))
    return location.searchParams.get('code') ?? ''
  }
  const tokenCall = (fields: Record<string, string>): Promise<Response> =>
    fetch(`${auth}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...CLIENT, ...fields }),
    })
  const exchange = (code: string, fields: Record<string, string> = {}): Promise<Response> =>
    tokenCall({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, ...fields })
  const grantFor = async (account = DANA, scope = BOTH) => (await exchange(await codeFor(account, { scope }))).json()
  const tokenFor = async (account = DANA, scope = BOTH): Promise<string> =>
    (await grantFor(account, scope)).access_token
  const refresh = (value: unknown): Promise<Response> =>
    tokenCall({ grant_type: 'refresh_token', refresh_token: String(value) })
  /** A call with a Bearer token, or with whole credentials; an address is taken as it is. */
  const get = (path: string, credential?: string, init: RequestInit = {}): Promise<Response> =>
    fetch(path.startsWith('http') ? path : `${api}${path}`, {
      redirect: 'manual',
      ...init,
      headers: {
        ...(credential === undefined
          ? {}
          : { authorization: credential.includes(' ') ? credential : `Bearer ${credential}` }),
        ...init.headers,
      },
    })
  const jira = (path: string, token?: string, init: RequestInit = {}, cloud = ACME): Promise<Response> =>
    get(`/ex/jira/${cloud}${path}`, token, init)
  const wiki = (path: string, token?: string, cloud = ACME): Promise<Response> =>
    get(`/ex/confluence/${cloud}/wiki${path}`, token)
  /** A JSON body sent to Jira. */
  const sendJira = (path: string, token: string, body: unknown): Promise<Response> =>
    jira(path, token, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'jira', ...settings })

  const token = { authorizeUrl, codeFor, tokenCall, exchange, grantFor, tokenFor, refresh }
  return { ...sandbox, ...token, auth, api, site, get, jira, wiki, sendJira, set }
}

/** What a refusal's answer says: status and body. */
export const refusal = async (response: Response): Promise<[number, unknown]> => [
  response.status,
  await response.json(),
]
