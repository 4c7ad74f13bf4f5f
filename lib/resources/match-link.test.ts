import { expect, test } from 'vitest'
import { normalizeLink, onOrigin } from './match-link.ts'

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

const on = (text: string, ...origins: string[]) => onOrigin(new URL(text), origins)?.href ?? null

test('an address lies on an origin only with exactly its host and port', () => {
  expect(on('http://github.com/a/b', 'https://github.com')).toBe('https://github.com/a/b')
  expect(on('https://github.com/a?x=1#L1', 'https://api.github.com', 'https://github.com')).toBe(
    'https://github.com/a?x=1#L1',
  )
  expect(on('https://github.com.evil.example/a', 'https://github.com')).toBeNull()
  expect(on('https://evil.example/github.com', 'https://github.com')).toBeNull()
  expect(on('https://github.com:8443/a', 'https://github.com')).toBeNull()
  expect(on('https://gist.github.com/a', 'https://github.com')).toBeNull()
  expect(on('http://127.0.0.1:3001/github-web/a', 'http://127.0.0.1:3001/github-web')).toBe(
    'http://127.0.0.1:3001/github-web/a',
  )
  expect(on('http://127.0.0.1:3002/github-web/a', 'http://127.0.0.1:3001/github-web')).toBeNull()
})
