import 'server-only'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth, { type AuthOptions } from 'next-auth'
import { Problem } from '#lib/platform/problem.ts'
import { decodeCookie } from '#lib/tenancy/read-session.ts'
import { readText } from './read-text.ts'

const MAX_BODY_BYTES = 20_000

/** The parts of next-auth that are in use; its others log what anybody sends, or draw pages of their own. */
const served = ['GET csrf', 'GET session', 'GET providers', 'POST callback/credentials', 'POST signout']

/**
 * Runs next-auth on a plain Request. Its own adapter for route handlers reads Next's ambient headers and cookies;
 * this one needs nothing but the request, so a test can send one. `segments` is what follows /api/auth/.
 */
export async function serveNextAuth(request: Request, segments: string[], options: AuthOptions): Promise<Response> {
  if (!served.includes(`${request.method} ${segments.join('/')}`)) throw new Problem('not-found')
  const url = new URL(request.url)
  const asked = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: parseCookies(request.headers.get('cookie')),
    query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
    body: await readForm(request),
  }
  const answer = collect()
  // next-auth reads and calls what is given here and nothing else (next-auth/next/index.js, NextAuthApiHandler)
  await NextAuth(asked as unknown as NextApiRequest, answer.api as unknown as NextApiResponse, options)
  return answer.toResponse()
}

function parseCookies(header: string | null): Record<string, string> {
  const pairs = (header ?? '').split(';').map((part) => part.trim().split(/=(.*)/s))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, decodeCookie(value)]))
}

async function readForm(request: Request): Promise<Record<string, string>> {
  if (request.method !== 'POST') return {}
  const text = await readText(request, MAX_BODY_BYTES)
  if (!request.headers.get('content-type')?.includes('application/json'))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    const parsed: unknown = JSON.parse(text)
    const fields = parsed && typeof parsed === 'object' ? Object.entries(parsed) : []
    return Object.fromEntries(fields.map(([name, value]) => [name, String(value)]))
  } catch {
    throw new Problem('bad-request', 'The body is not JSON.')
  }
}

/** Stands for the response object of a Pages route and keeps what is written to it. */
function collect() {
  const headers = new Map<string, string | readonly string[]>()
  let status = 200
  let body: string | null = null
  const api = {
    status: (code: number) => {
      status = code
      return api
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader: (name: string, value: string | readonly string[]) => {
      headers.set(name.toLowerCase(), value)
      return api
    },
    json: (value: unknown) => {
      api.setHeader('content-type', 'application/json')
      body = JSON.stringify(value)
    },
    send: (value: unknown) => {
      if (typeof value === 'string') body = value
      else if (value !== undefined) api.json(value)
    },
    end: () => {},
  }
  const toResponse = () => {
    const response = new Response(body, { status, headers: { 'cache-control': 'no-store' } })
    for (const [name, value] of headers)
      for (const one of [value].flat()) {
        if (name === 'set-cookie') response.headers.append(name, one)
        else response.headers.set(name, one)
      }
    return response
  }
  return { api, toResponse }
}
