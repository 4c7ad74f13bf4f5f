import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { proxy } from '../../proxy.ts'

const ask = (path: string, init: { method?: string; host?: string; headers?: Record<string, string> } = {}) => {
  const headers = { host: init.host ?? 'localhost:3000', ...init.headers }
  return proxy(new NextRequest(`http://localhost:3000${path}`, { method: init.method ?? 'GET', headers }))
}
/** What the page behind the proxy gets as the request header `name`. */
const passedOn = (answer: Response, name: string) => answer.headers.get(`x-middleware-request-${name}`)

test('each page gets a nonce of its own, and the page that draws it the same one', () => {
  const [one, other] = [ask('/acme/boards'), ask('/acme/boards')]
  const policy = one.headers.get('content-security-policy')
  expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'/)
  expect(policy).not.toBe(other.headers.get('content-security-policy'))
  expect(passedOn(one, 'content-security-policy')).toBe(policy)
})

test('a Connect form may be sent on to the sandbox while it is on', () => {
  expect(ask('/acme/boards').headers.get('content-security-policy')).toContain(
    `http://127.0.0.1:${process.env.SANDBOX_PORT}`,
  )
})

test('a page asked for under another host is sent to the public one, with its query', () => {
  const answer = ask('/acme/boards?view=outline', { host: '127.0.0.1:3000' })
  expect(answer.status).toBe(308)
  expect(answer.headers.get('location')).toBe('http://localhost:3000/acme/boards?view=outline')
})

test('what is posted is never sent elsewhere', () => {
  expect(ask('/connect/github', { method: 'POST', host: 'evil.example' }).headers.get('location')).toBeNull()
})

test('the path the page learns is ours, not one the request claims', () => {
  expect(passedOn(ask('/acme/boards', { headers: { 'x-pb-path': '/globex' } }), 'x-pb-path')).toBe('/acme/boards')
})

test('a browser is marked once, and the page knows the mark at once', () => {
  const first = ask('/acme/boards', { headers: { cookie: 'pb_theme=dark' } })
  const mark = /^pb_browser=([\w-]{43});.*HttpOnly; SameSite=lax$/i.exec(first.headers.get('set-cookie') ?? '')?.[1]
  expect(mark).toBeDefined()
  expect(passedOn(first, 'cookie')).toBe(`pb_theme=dark; pb_browser=${mark}`)
  expect(ask('/acme/boards', { headers: { cookie: `pb_browser=${mark}` } }).headers.get('set-cookie')).toBeNull()
})

test('a piece of a page marks nothing: two at once would undo each other', () => {
  expect(ask('/acme/boards', { headers: { 'sec-fetch-dest': 'empty' } }).headers.get('set-cookie')).toBeNull()
})

test('the pages around a provider send no referrer', () => {
  expect(ask('/connect/result/1').headers.get('referrer-policy')).toBe('no-referrer')
  expect(ask('/acme/settings/integrations').headers.get('referrer-policy')).toBe('same-origin')
})
