import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { client_id: 'sandbox-google', client_secret: 'sandbox-google-secret' }
export const OTHER = {
  client_id: 'sandbox-google-other',
  client_secret: 'sandbox-google-other-secret',
  redirect_uri: `${APP_URL}/other/callback`,
}
export const REDIRECT_URI = `${APP_URL}/api/callback/google-docs`
export const DANA = 'dana@acme.example'
export const READ = 'https://www.googleapis.com/auth/drive.readonly'
export const FILES_ONLY = 'https://www.googleapis.com/auth/drive.file'
export const METADATA = 'https://www.googleapis.com/auth/drive.metadata.readonly'
export const EMAIL = 'https://www.googleapis.com/auth/userinfo.email'
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

type Query = Record<string, string>

/** A simulated Google seen through plain fetch. */
export function googleClient(url: string) {
  const sandbox: SandboxClient = sandboxClient(url)
  const set = (options: Record<string, unknown>) => sandbox.control.set({ provider: 'google-docs', ...options })

  const authorizeUrl = (query: Query = {}): string => {
    const all = {
      client_id: CLIENT.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: `openid email ${READ}`,
      access_type: 'offline',
      state: 'st4te',
      ...query,
    }
    return `${url}/google-accounts/o/oauth2/v2/auth?${new URLSearchParams(all)}`
  }
  const consented = async (
    query: Query = {},
    account = DANA,
    untick: readonly string[] = [],
  ): Promise<URLSearchParams> => new URL(await sandbox.consent(authorizeUrl(query), { account, untick })).searchParams
  const post = (path: string, fields: Query, headers: Query = {}): Promise<Response> =>
    fetch(`${url}/google-oauth${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
  const redeem = (code: string | null, fields: Query = {}): Promise<Response> =>
    post('/token', {
      ...CLIENT,
      code: code ?? '',
      redirect_uri: REDIRECT_URI,
      grant_type: 'authorization_code',
      ...fields,
    })
  const tokens = async (query: Query = {}, account = DANA, untick: readonly string[] = []) =>
    (await redeem((await consented(query, account, untick)).get('code'))).json()
  const refresh = (value: unknown, fields: Query = {}): Promise<Response> =>
    post('/token', { ...CLIENT, grant_type: 'refresh_token', refresh_token: String(value), ...fields })
  const get = (path: string, token?: string, query: Query = {}, headers: Query = {}): Promise<Response> =>
    fetch(`${url}${path}?${new URLSearchParams(query)}`, {
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    })
  const drive = (path: string, token?: string, query: Query = {}, headers: Query = {}): Promise<Response> =>
    get(`/google-api/drive/v3${path}`, token, query, headers)
  /** The names of the files that a search finds. */
  const names = async (token: string, q: string, query: Query = {}): Promise<string[]> => {
    const { files } = await (await drive('/files', token, { q, ...query })).json()
    return files.map(({ name }: { name: string }) => name)
  }
  /** The id of the file with this name. */
  const idOf = async (token: string, name: string): Promise<string> => {
    const everywhere = { corpora: 'allDrives', supportsAllDrives: 'true', includeItemsFromAllDrives: 'true' }
    const { files } = await (await drive('/files', token, { q: `name = '${name}'`, ...everywhere })).json()
    return files[0]?.id ?? ''
  }
  const document = (id: string, token?: string, query: Query = {}): Promise<Response> =>
    get(`/google-docs/v1/documents/${id}`, token, query)

  /** How Drive answers to a token: 200 as long as it lives. */
  const works = async (token: string): Promise<number> => (await drive('/files', token)).status
  return {
    ...sandbox,
    set,
    authorizeUrl,
    consented,
    post,
    redeem,
    tokens,
    refresh,
    get,
    drive,
    names,
    idOf,
    document,
    works,
  }
}

/** What the token endpoint says is wrong: `400 invalid_grant: Bad Request`. */
export async function errorOf(response: Response): Promise<string> {
  const { error, error_description } = await response.json()
  return `${response.status} ${error}: ${error_description}`
}

/** What Drive says is wrong with a request, and with which part of it: `400 invalid pageToken`. */
export async function refusalOf(response: Response): Promise<string> {
  const { error } = await response.json()
  expect(error.code).toBe(response.status)
  const [{ reason, location, message }] = error.errors
  expect(message).toBe(error.message)
  return `${response.status} ${reason} ${location}`
}
