import { expect, test } from 'vitest'
import { browserCookie, contentSecurityPolicy, pageHeaders, publicAddress } from './page-headers.ts'

const here = { appUrl: 'https://plugboard.example', formOrigins: ['https://github.com'], dev: false }

test('a page runs and styles only what carries its nonce', () => {
  const policy = contentSecurityPolicy('bm9uY2U=', here)
  expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';")
  expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U=';")
  expect(policy).not.toContain('unsafe')
  for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"])
    expect(policy).toContain(rule)
})

test('a Connect form may end at the providers it is for, and nowhere else', () => {
  expect(contentSecurityPolicy('x', here)).toContain("form-action 'self' https://github.com")
})

test('only a development server may evaluate code', () => {
  expect(contentSecurityPolicy('x', { ...here, dev: true })).toContain("'unsafe-eval'")
})

test('the pages around a provider send no referrer, the others only to ourselves', () => {
  expect(pageHeaders('/connect/result/1', here)['Referrer-Policy']).toBe('no-referrer')
  expect(pageHeaders('/api/callback/github', here)['Referrer-Policy']).toBe('no-referrer')
  expect(pageHeaders('/acme/boards', here)['Referrer-Policy']).toBe('same-origin')
  expect(pageHeaders('/connections', here)['Referrer-Policy']).toBe('same-origin')
})

test('https is remembered by browsers, http is not', () => {
  expect(pageHeaders('/', here)).toHaveProperty('Strict-Transport-Security')
  expect(pageHeaders('/', { ...here, appUrl: 'http://localhost:3000' })).not.toHaveProperty('Strict-Transport-Security')
})

test('a page asked for under another host is found at the public one', () => {
  expect(publicAddress('127.0.0.1:3000', '/acme?q=1', 'http://localhost:3000')).toBe('http://localhost:3000/acme?q=1')
  expect(publicAddress('evil.example', '//evil.example', 'http://localhost:3000')).toBe(
    'http://localhost:3000//evil.example',
  )
})

test('a host that is none, or hides the true one behind a name, is sent to the public one too', () => {
  for (const host of ['a b', 'evil.test@localhost', 'localhost/evil.test', ''])
    expect(publicAddress(host, '/acme', 'http://localhost:3000'), host).toBe('http://localhost:3000/acme')
})

test('another port of the same host is left alone, as is a request without a host', () => {
  expect(publicAddress('localhost:8080', '/', 'http://localhost:3000')).toBeNull()
  expect(publicAddress('LOCALHOST', '/', 'http://localhost:3000')).toBeNull()
  expect(publicAddress(null, '/', 'http://localhost:3000')).toBeNull()
})

test('the mark of a browser is bound to the host where it can be', () => {
  expect(browserCookie('https://plugboard.example')).toEqual({ name: '__Host-pb_browser', secure: true })
  expect(browserCookie('http://localhost:3000')).toEqual({ name: 'pb_browser', secure: false })
})
