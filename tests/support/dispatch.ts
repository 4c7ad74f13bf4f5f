// Sends a Request to the route handler that its path names, as Next's router would: app/**/route.ts, read from disk.
import { globSync } from 'node:fs'
import path from 'node:path'
import { statusesOf } from '#lib/http/refusals.ts'
import type { Handler as Routed } from '#lib/http/route.ts'
import { env } from '#lib/platform/env.ts'

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response> | Response
type Entry = { file: string; pattern: RegExp; names: string[]; catchAll: string | null; dynamic: number; depth: number }

const root = path.resolve(import.meta.dirname, '../..')

function toEntry(file: string): Entry {
  const segments = path
    .dirname(file)
    .split(path.sep)
    .slice(1)
    .filter((segment) => !/^\(.*\)$/.test(segment))
  const catchAll = segments.map((segment) => /^\[\.\.\.(\w+)\]$/.exec(segment)?.[1]).find(Boolean) ?? null
  const names = segments.flatMap((segment) => /^\[(?:\.\.\.)?(\w+)\]$/.exec(segment)?.[1] ?? [])
  const source = segments.map((segment) =>
    segment.startsWith('[...') ? '/(.+)' : segment.startsWith('[') ? '/([^/]+)' : `/${RegExp.escape(segment)}`,
  )
  return {
    file,
    pattern: new RegExp(`^${source.join('')}/?$`),
    names,
    catchAll,
    dynamic: names.length,
    depth: segments.length,
  }
}

// a fixed segment wins over a dynamic one, and any of them over one that takes the rest
const entries = globSync('app/**/route.ts', { cwd: root })
  .map(toEntry)
  .sort((a, b) => Number(a.catchAll !== null) - Number(b.catchAll !== null) || a.dynamic - b.dynamic)

const isRouted = (handler: unknown): handler is Routed => typeof handler === 'function' && 'operation' in handler

/** Answers a request by the handler of its path; 404 and 405 as a router gives them. No answer has a status that /api/openapi.json does not name. */
export async function dispatch(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const entry = entries.find(({ pattern }) => pattern.test(pathname))
  if (!entry) return new Response('no such route', { status: 404 })
  const methods: Record<string, Handler | undefined> = await import(path.join(root, entry.file))
  const handler = methods[request.method]
  if (!handler) return new Response('no such method', { status: 405 })
  const values = entry.pattern.exec(pathname)?.slice(1).map(decodeURIComponent) ?? []
  const params = Object.fromEntries(
    entry.names.map((name, n) => [name, name === entry.catchAll ? values[n]?.split('/') : values[n]]),
  )
  const response = await handler(request, { params: Promise.resolve(params) })
  if (isRouted(handler) && !statusesOf(handler.operation, request.method).includes(response.status))
    throw new Error(`${request.method} ${pathname} answered ${response.status}, which its description does not name`)
  return response
}

/** A request of the app's own pages: same origin, JSON. */
export function ownRequest(
  method: string,
  address: string,
  init: { headers?: Record<string, string>; body?: unknown } = {},
) {
  const origin = env().APP_URL
  return new Request(new URL(address, origin), {
    method,
    headers: { origin, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers },
    ...(init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
    redirect: 'manual',
  })
}
