import { expect, test } from 'vitest'
import { isOneOf, moved, normalizeLink } from './match-link.ts'

test.each([
  ['https://github.com/a/b?utm_source=x&utm_medium=y&gclid=1&tab=readme', 'https://github.com/a/b?tab=readme'],
  ['  https://www.github.com/a/b#readme ', 'https://github.com/a/b'],
  ['https://github.com/a/b/blob/main/x.ts#L10-L20', 'https://github.com/a/b/blob/main/x.ts#L10-L20'],
  ['https://github.com/a/b/blob/main/x.ts#L7', 'https://github.com/a/b/blob/main/x.ts#L7'],
  ['HTTPS://GitHub.com/A/b', 'https://github.com/A/b'],
])('%s is the same link as %s', (typed, link) => {
  expect(normalizeLink(typed)?.href).toBe(link)
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'mailto:a@b.c',
  'github.com/a/b',
  'https://me:secret@github.com/a',
  '',
])('%j is no web link', (typed) => {
  expect(normalizeLink(typed)).toBeNull()
})

const on = (text: string, base: string, real = 'https://github.com') =>
  moved(new URL(text), { base, real })?.href ?? null

test('an address lies on an origin only with exactly its host and port, and under its path', () => {
  expect(on('http://github.com/a/b', 'https://github.com')).toBe('https://github.com/a/b')
  expect(on('https://github.com/a?x=1#L1', 'https://github.com')).toBe('https://github.com/a?x=1#L1')
  expect(on('https://github.com.evil.example/a', 'https://github.com')).toBeNull()
  expect(on('https://evil.example/github.com', 'https://github.com')).toBeNull()
  expect(on('https://github.com:8443/a', 'https://github.com')).toBeNull()
  expect(on('https://gist.github.com/a', 'https://github.com')).toBeNull()
  expect(on('http://127.0.0.1:3001/github-web/a', 'http://127.0.0.1:3001/github-web')).toBe('https://github.com/a')
  expect(on('http://127.0.0.1:3001/github-webs/a', 'http://127.0.0.1:3001/github-web')).toBeNull()
  expect(on('http://127.0.0.1:3002/github-web/a', 'http://127.0.0.1:3001/github-web')).toBeNull()
})

test('where a path names the tenant, the address has it in its host', () => {
  const [base, real] = ['http://127.0.0.1:3001/sites/{site}', 'https://{site}.atlassian.net']
  expect(on('http://127.0.0.1:3001/sites/acme/browse/AIR-1', base, real)).toBe(
    'https://acme.atlassian.net/browse/AIR-1',
  )
  expect(on('http://127.0.0.1:3001/other/acme/browse/AIR-1', base, real)).toBeNull()
  for (const tenant of ['evil.example%2F', 'a@b', ''])
    expect(on(`http://127.0.0.1:3001/sites/${tenant}/x`, base, real)).toBeNull()
  expect(on('https://acme.atlassian.net/browse/AIR-1', real, real)).toBeNull()
})

test('one label stands for the star of a host, and nothing around it', () => {
  expect(isOneOf('acme-corp.slack.com', '*.slack.com')).toBe(true)
  for (const host of ['slack.com', 'a.b.slack.com', 'evilslack.com', 'acme.slack.com.evil.example', '.slack.com'])
    expect({ host, is: isOneOf(host, '*.slack.com') }).toEqual({ host, is: false })
})
