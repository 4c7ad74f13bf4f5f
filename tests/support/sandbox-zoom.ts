import { createHash } from 'node:crypto'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { id: 'sandbox-zoom', secret: 'sandbox-zoom-secret' }
export const SECRET_TOKEN = 'sandbox-zoom-secret-token'
export const REDIRECT_URI = `${APP_URL}/api/callback/zoom`
export const VERIFIER = 'a-verifier-of-more-than-forty-three-characters-0123'
export const DANA = 'dana@acme.example'

type Json = Record<string, unknown>
export type ListedMeeting = { uuid: string; id: number; topic: string; type: number; start_time?: string }
export type RecordingFile = {
  id: string
  file_type: string
  file_size: number
  download_url: string
  play_url?: string
}
export type Recorded = { uuid: string; id: number; topic: string; start_time: string; recording_files: RecordingFile[] }

export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
/** A uuid as it stands in a path: twice encoded where its slashes would break off. */
export const inPath = (uuid: string): string => {
  const once = encodeURIComponent(uuid)
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once
}
/** The day so many days from now, in UTC. */
export const day = (fromToday: number): string =>
  new Date(Date.now() + fromToday * 86_400_000).toISOString().slice(0, 10)

/** A simulated Zoom seen through plain fetch, by the app at `appUrl`. */
export function zoomClient(url: string, appUrl = APP_URL) {
  const redirectUri = `${appUrl}/api/callback/zoom`
  const sandbox: SandboxClient = sandboxClient(url)
  const [web, api] = [`${url}/zoom-web`, `${url}/zoom-api/v2`]
  const set = (settings: Json) => sandbox.control.set({ provider: 'zoom', ...settings })

  const authorizeUrl = (query: Record<string, string> = {}): string => {
    const all = { response_type: 'code', client_id: CLIENT.id, redirect_uri: redirectUri, state: 'st4te', ...query }
    return `${web}/oauth/authorize?${new URLSearchParams(all)}`
  }
  const codeFor = async (account = DANA, query: Record<string, string> = {}): Promise<string> =>
    new URL(await sandbox.consent(authorizeUrl(query), { account })).searchParams.get('code') ?? ''
  /** A call of the app itself; an `authorization` that is null is left out. */
  const oauth = (
    path: string,
    fields: Record<string, string>,
    authorization: string | null = basic(CLIENT.id, CLIENT.secret),
  ): Promise<Response> =>
    fetch(`${web}/oauth/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: authorization === null ? {} : { authorization },
    })
  const exchange = (code: string, fields: Record<string, string> = {}): Promise<Response> =>
    oauth('token', { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...fields })
  const connect = async (account = DANA) => (await exchange(await codeFor(account))).json()
  const tokenFor = async (account = DANA): Promise<string> => (await connect(account)).access_token
  const refresh = (value: unknown): Promise<Response> =>
    oauth('token', { grant_type: 'refresh_token', refresh_token: String(value) })

  const get = (path: string, token?: string): Promise<Response> =>
    fetch(`${api}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
  const read = async (path: string, token: string) => (await get(path, token)).json()
  /** Status, code and message of a refusal. */
  const refusal = async (path: string, token?: string): Promise<[number, number, string]> => {
    const response = await get(path, token)
    const { code, message } = await response.json()
    return [response.status, code, message]
  }
  const meetings = async (token: string, query = ''): Promise<ListedMeeting[]> =>
    (await read(`/users/me/meetings?page_size=300${query}`, token)).meetings
  const recordings = async (token: string, from = day(-28), to = day(0)): Promise<Recorded[]> =>
    (await read(`/users/me/recordings?from=${from}&to=${to}`, token)).meetings

  return {
    ...sandbox,
    web,
    api,
    set,
    authorizeUrl,
    codeFor,
    oauth,
    exchange,
    connect,
    tokenFor,
    refresh,
    get,
    read,
    refusal,
    meetings,
    recordings,
  }
}

/** Status, error and reason of what the token endpoint refused. */
export async function refusedGrant(response: Response): Promise<[number, string, string]> {
  const { error, reason } = await response.json()
  return [response.status, error, reason]
}
