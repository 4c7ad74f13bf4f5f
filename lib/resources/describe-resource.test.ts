import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RoleName } from '#lib/tenancy/schema.ts'
import { describeResource, safeUrl, seenBy, withoutContent } from './describe-resource.ts'
import { ResourceView } from './schema.ts'

const from = { provider: 'github', connectionId: '018f9d2e-7b1a-7c3d-8e4f-5a6b7c8d9e0f' }
const resource = { kind: 'file', id: 'abc', title: 'retry.ts', url: 'https://github.com/acme/api/blob/main/retry.ts' }

test('36: a javascript: link of a provider is dropped wherever it stands', () => {
  const view = describeResource(
    {
      ...resource,
      url: 'javascript:alert(1)',
      body: {
        url: ' JaVaScRiPt:alert(1)',
        avatarUrl: 'data:text/html,<script>alert(1)</script>',
        hits: [{ path: 'a', url: 'vbscript:x', href: 'https://example.com/a' }],
      },
    },
    from,
  )
  expect(view.url).toBe('')
  expect(view.body).toEqual({ hits: [{ path: 'a', href: 'https://example.com/a' }] })
})

test('36: script text of a provider stays the text it is', () => {
  const title = '<script>alert(1)</script>'
  const excerpt = '<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1))'
  const view = describeResource({ ...resource, title, excerpt, body: { lines: [title] } }, from)
  expect(view).toMatchObject({ title, excerpt, body: { lines: [title] } })
})

test('an address with a password in it is none', () => {
  expect(safeUrl('https://user:secret@github.com/acme')).toBe('')
})

test('whatever a provider gives as an address, only web addresses are kept', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.webUrl(), fc.string(), fc.constantFrom('blob:x', 'file:///etc/passwd', 'ftp://a/b')),
      (text) => {
        const url = safeUrl(text)
        expect(url === '' || /^https?:\/\//.test(url)).toBe(true)
      },
    ),
  )
})

test('a provider that sends endless text, lists or nesting is cut short', () => {
  const deep = { a: { a: { a: { a: { a: { a: 'x' } } } } } }
  const body = { text: 'x'.repeat(30_000), list: Array.from({ length: 1000 }, () => 1), deep }
  const view = describeResource({ ...resource, title: 't'.repeat(900), body }, from)
  expect(view.title).toHaveLength(500)
  expect(JSON.stringify(view).length).toBeLessThan(25_000)
  expect(ResourceView.safeParse(view).success).toBe(true)
})

test('a container named by a shared connection comes without what is inside it', () => {
  const view = describeResource({ ...resource, excerpt: 'secret', body: { lines: ['secret'] } }, from)
  expect(JSON.stringify(withoutContent(view))).not.toContain('secret')
  expect(withoutContent(view)).toMatchObject({ title: 'retry.ts' })
})

test('what is for owners and admins is there for them alone, also in what was kept', () => {
  const personal = { ...resource, forAdmins: { email: 'ada@example.com' } }
  const asSeenBy = (role: RoleName | null) => describeResource(personal, { ...from, viewer: { role } })
  const all = (roles: readonly (RoleName | null)[]) => roles.map((role) => asSeenBy(role).forAdmins?.email)
  expect(all(['owner', 'admin'])).toEqual(['ada@example.com', 'ada@example.com'])
  expect(all(['member', 'reviewer', 'guest', null])).toEqual([undefined, undefined, undefined, undefined])
  expect(describeResource(personal, from)).not.toHaveProperty('forAdmins')
  const kept = asSeenBy('admin')
  expect(seenBy({ role: 'admin' }, kept)).toEqual(kept)
  for (const role of ['member', null] as const) expect(seenBy({ role }, kept)).toEqual(describeResource(personal, from))
  expect(JSON.stringify(withoutContent(kept))).not.toContain('ada')
})
