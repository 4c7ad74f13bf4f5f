import { expect } from 'vitest'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'

export const APP_URL = 'http://localhost:3000'
export const CLIENT = { id: 'sandbox-notion', secret: 'sandbox-notion-secret' }
export const REDIRECT_URI = `${APP_URL}/api/callback/notion`
export const VERSION = '2026-03-11'

type Json = Record<string, unknown>
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** A simulated Notion seen through plain fetch, by the app at `appUrl`. */
export function notionClient(url: string, appUrl = APP_URL) {
  const redirectUri = `${appUrl}/api/callback/notion`
  const sandbox: SandboxClient = sandboxClient(url)
  const web = `${url}/notion-api`
  const set = (settings: Json) => sandbox.control.set({ provider: 'notion', ...settings })

  const authorizeUrl = (query: Record<string, string> = {}): string => {
    const all = {
      client_id: CLIENT.id,
      redirect_uri: redirectUri,
      response_type: 'code',
      owner: 'user',
      state: 'st4te',
    }
    return `${web}/v1/oauth/authorize?${new URLSearchParams({ ...all, ...query })}`
  }
  /** Answers the consent page, having ticked these pages and no others. */
  const choose = async (account: string, pages: readonly string[]): Promise<Response> => {
    const html = await (await fetch(authorizeUrl())).text()
    const [, request = ''] = /name="request" value="([^"]+)"/.exec(html) ?? []
    const form = new URLSearchParams({ request, account, share: 'chosen', decision: 'allow' })
    for (const page of pages) form.append('page', page)
    return fetch(`${web}/v1/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' })
  }
  const codeFor = async (account = 'dana@acme', pages?: readonly string[]): Promise<string> => {
    const location = pages
      ? ((await choose(account, pages)).headers.get('location') ?? '')
      : await sandbox.consent(authorizeUrl(), { account })
    return new URL(location).searchParams.get('code') ?? ''
  }
  /** A call of the app itself; a header that is null is left out. */
  const oauth = (path: string, body: Json, headers: Record<string, string | null> = {}): Promise<Response> => {
    const all = {
      authorization: basic(CLIENT.id, CLIENT.secret),
      'content-type': 'application/json',
      'notion-version': VERSION,
      ...headers,
    }
    const sent = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
    return fetch(`${web}/v1/oauth/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: sent as [string, string][],
    }) // pairs, whose type flatMap loses
  }
  const exchange = async (code: string, redirect_uri = redirectUri) =>
    (await oauth('token', { grant_type: 'authorization_code', code, redirect_uri })).json()
  const connect = async (account = 'dana@acme', pages?: readonly string[]) => exchange(await codeFor(account, pages))
  const refresh = (value: unknown): Promise<Response> =>
    oauth('token', { grant_type: 'refresh_token', refresh_token: value })

  const headersFor = (token: string, version = VERSION) => ({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'notion-version': version,
  })
  const get = (path: string, token: string, version?: string): Promise<Response> =>
    fetch(`${web}/v1${path}`, { headers: headersFor(token, version) })
  const post = (path: string, token: string, body: unknown = {}, version?: string): Promise<Response> =>
    fetch(`${web}/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: headersFor(token, version) })
  const read = async (path: string, token: string, version?: string) => (await get(path, token, version)).json()
  const send = async (path: string, token: string, body: unknown = {}, version?: string) =>
    (await post(path, token, body, version)).json()
  /** The id of what a search for its title finds first. */
  const idOf = async (token: string, query: string): Promise<string> =>
    (await send('/search', token, { query })).results[0]?.id ?? ''

  return {
    ...sandbox,
    web,
    set,
    authorizeUrl,
    choose,
    codeFor,
    oauth,
    exchange,
    connect,
    refresh,
    get,
    post,
    read,
    send,
    idOf,
    basic,
  }
}

type Title = { type: string; title?: { plain_text: string }[] }
export type Found = { object: string; id: string; title?: Title['title']; properties: Record<string, Title> }
const titleOf = (found: Found): string | undefined =>
  (found.title ?? Object.values(found.properties).find(({ type }) => type === 'title')?.title)?.[0]?.plain_text
/** What the pages and data sources of a list are called. */
export const titles = (answer: { results: Found[] }) => answer.results.map(titleOf)

/** What Notion says of a request that it refuses for its shape. */
export async function messageOf(response: Response): Promise<string> {
  const { status, code, message } = await response.json()
  expect([status, code]).toEqual([400, 'validation_error'])
  return message
}
