import { createHash } from 'node:crypto'
import { sandboxClient } from '#tests/support/sandbox.ts'

const APP_URL = 'http://localhost:3000'
export const CALLBACK_URL = `${APP_URL}/api/callback/openrouter?state=st4te`
// RFC 7636 appendix B
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

/** A simulated OpenRouter seen through plain fetch. */
export function openrouterClient(url: string) {
  const sandbox = sandboxClient(url)
  const web = `${url}/openrouter-web`

  const authUrl = (query: Record<string, string> = {}): string => {
    const all = { callback_url: CALLBACK_URL, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...query }
    return `${web}/auth?${new URLSearchParams(all)}`
  }
  const codeFor = async (account: string, query: Record<string, string> = {}): Promise<string> => {
    const location = new URL(await sandbox.consent(authUrl(query), { account }))
    return location.searchParams.get('code') ?? ''
  }
  const exchange = (fields: Record<string, unknown>): Promise<Response> =>
    fetch(`${web}/api/v1/auth/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code_verifier: VERIFIER, code_challenge_method: 'S256', ...fields }),
    })
  const keyFor = async (account: string): Promise<string> =>
    (await (await exchange({ code: await codeFor(account) })).json()).key
  const api = (path: string, key?: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${web}/api/v1${path}`, {
      ...init,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...init.headers },
    })
  const chat = (key: string, body: Record<string, unknown> = {}, init: RequestInit = {}): Promise<Response> =>
    api('/chat/completions', key, {
      method: 'POST',
      body: JSON.stringify({ model: 'openai/gpt-4o', messages: [{ role: 'user', content: 'Hello' }], ...body }),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    })
  const set = (settings: Record<string, unknown>) => sandbox.control.set({ provider: 'openrouter', ...settings })

  return { ...sandbox, web, authUrl, codeFor, exchange, keyFor, api, chat, set }
}

/** The hash that OpenRouter names a key by in its addresses. */
export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

export type Event = {
  id: string
  object: string
  model: string
  provider?: string
  choices: { delta: { role?: string; content: string }; finish_reason: string | null }[]
  usage?: Record<string, unknown> & { cost: number; completion_tokens: number }
  error?: { code: string | number; message: string }
}

/** A finished stream as its lines say it: comments, events and whether it ended with [DONE]. */
export function eventsIn(text: string): { comments: number; events: Event[]; isDone: boolean } {
  const lines = text.split('\n').filter((line) => line !== '')
  const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6))
  return {
    comments: lines.filter((line) => line === ': OPENROUTER PROCESSING').length,
    events: data.filter((one) => one !== '[DONE]').map((one) => JSON.parse(one)),
    isDone: data.at(-1) === '[DONE]',
  }
}

/** What a stream's events say together. */
export const wordsOf = (events: readonly Event[]): string =>
  events.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
