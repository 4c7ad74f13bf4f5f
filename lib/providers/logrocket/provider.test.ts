import { describe, expect, test } from 'vitest'
import { judge } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { pageOf } from '#lib/providers/page-of.ts'
import { logrocket } from './provider.ts'
import { secret } from './secret.ts'
import { nameOf } from './sessions.ts'

const judged = (status: number, body: string) => judge(logrocket, { status, headers: new Headers(), body })
const field = (name: string) => secret.fields.find((one) => one.name === name)
const matched = (kind: string, url: string) =>
  logrocket.readers.find((one) => one.kind === kind)?.match?.(new URL(url)) ?? null

test.each([
  [401, 'Invalid API key', 'expired'],
  [401, '{"error":"Invalid API key"}', 'expired'],
  [403, 'Invalid API key', 'expired'],
  [403, 'Unknown API key', 'expired'],
  [401, 'Invalid API key for this project', 'expired'],
  [403, 'The API key of this project was revoked', 'expired'],
  [401, 'This API key is not enabled', 'expired'],
  [403, 'This API key does not have access to this project', 'forbidden'],
  [401, 'This API key does not have access to this project', 'forbidden'],
  [403, 'Audit logs are not enabled on your plan', 'plan'],
  [404, 'This feature is part of an add-on', 'plan'],
  [404, 'Not found', 'not_found'],
  [403, '<html><body>Invalid key, upgrade your plan</body></html>', 'forbidden'],
  [403, '\n <html><body>Invalid key, upgrade your plan</body></html>', 'forbidden'],
  [400, 'limit must be between 1 and 100', 'unavailable'],
  [502, 'Upgrade in progress', 'unavailable'],
])('%d %s is %s, and not a word of it is passed on', (status, body, failure) => {
  const found = judged(status, body)
  expect(found.failure).toBe(failure)
  expect(JSON.stringify({ ...found, message: found.message })).not.toContain('key')
})

test('a call carries the key the way LogRocket wants it, which is no bearer’s', () => {
  const headers = new Headers()
  logrocket.sign?.(headers, { token: 'lathe:shop:notARealKey' })
  expect(headers.get('authorization')).toBe('token lathe:shop:notARealKey')
})

describe('what is typed', () => {
  test.each([
    ['acme/web', 'acme/web'],
    [' acme/web/ ', 'acme/web'],
    ['https://app.logrocket.com/acme/web/sessions?u=1', 'acme/web'],
    ['app.logrocket.com/acme/web', 'acme/web'],
    ['acme', null],
    ['acme/web/more', null],
    ['acme/../web', null],
    ['https://app.logrocket.com/acme', null],
    ['', null],
  ])('%s is the App ID %s', (typed, app) => {
    expect(field('app')?.clean?.(typed)).toBe(app)
  })

  test.each([
    ['https://api.logrocket.acme.example/v1/', 'https://api.logrocket.acme.example'],
    ['logrocket.acme.example:8443', 'https://logrocket.acme.example:8443'],
    ['https://tools.acme.example/logrocket-api/v1', 'https://tools.acme.example/logrocket-api'],
    ['https://me:secret@api.acme.example', null],
    ['ftp://api.acme.example', null],
    ['logrocket', null],
  ])('%s is the address %s', (typed, address) => {
    expect(field('baseUrl')?.clean?.(typed)).toBe(address)
  })

  const refused = (values: Config, typed: Config = values) => secret.refuse?.(values, typed) ?? null
  test('an App ID in the place of the key is told as one; of a key no form is expected', () => {
    expect(refused({ app: 'acme/web', key: 'acme/web' })).toMatchObject({ field: 'key' })
    for (const key of ['acme:web:s3cret', 'acme:other:s3cret', 'x', 'a b/c', 'k3Yab/Zq9'])
      expect(refused({ app: 'acme/web', key }), key).toBeNull()
  })

  test.each([
    ['https://app.logrocket.com/acme/web/sessions', {}, null],
    ['app.logrocket.com/acme/web', { baseUrl: 'https://api.logrocket.com' }, null],
    ['http://app.logrocket.com/acme/web', {}, null],
    ['acme/web', { baseUrl: 'https://api.acme.example' }, null],
    ['https://logrocket.acme.example/acme/web', {}, 'api.logrocket.com'],
    ['https://app.logrocket.com:8443/acme/web', {}, 'api.logrocket.com'],
    ['https://app.logrocket.com/acme/web', { baseUrl: 'https://api.acme.example' }, 'api.acme.example'],
    ['https://logrocket.acme.example/acme/web', { baseUrl: 'https://api.acme.example' }, 'api.acme.example'],
  ])('where %s was pasted, beside %j, the key is kept from %s', (app, more, kept) => {
    const found = refused({ app: 'acme/web', key: 's3cret', ...more }, { app, ...more })
    expect(found?.field).toBe(kept === null ? undefined : 'app')
    expect(found?.detail ?? '').toContain(kept ?? '')
  })

  test('the key is sealed, and only what says where is kept in clear', () => {
    const { config, ...sealed } = secret.grant({ app: 'acme/web', key: 's3cret', baseUrl: 'https://api.acme.example' })
    expect(sealed).toEqual({ token: 's3cret' })
    expect(config).toEqual({ app: 'acme/web', baseUrl: 'https://api.acme.example' })
  })
})

test('a project’s settings are no page of app.logrocket.com where it is at a LogRocket of one’s own', () => {
  const { by } = logrocket.leave
  const at = (config: Config) => [pageOf(logrocket, by, config), pageOf(logrocket, secret.makeAt, config)]
  expect(at({ app: 'acme/web' })).toEqual([by, secret.makeAt])
  expect(at({ app: 'acme/web', baseUrl: 'https://api.logrocket.com' })).toEqual([by, secret.makeAt])
  expect(at({ app: 'acme/web', baseUrl: 'https://api.acme.example' })).toEqual(['', ''])
  expect(logrocket.leave.steps.join()).not.toContain('app.logrocket.com')
})

test('everything is asked under the project, of LogRocket or of the host that was typed', () => {
  const elsewhere = { ...logrocket.origins, api: 'https://logrocket.stand-in.example' }
  const typed = { app: 'acme/web', baseUrl: 'https://api.logrocket.com' }
  expect(logrocket.endpoints(elsewhere, typed).api).toMatch(/^https:\/\/logrocket\.stand-in\.example\//)
  const { api } = logrocket.endpoints(logrocket.origins, { app: 'acme/web' })
  expect(api).toBe('https://api.logrocket.com/v1/orgs/acme/apps/web')
  const own = logrocket.endpoints(logrocket.origins, { app: 'acme/web', baseUrl: 'https://api.acme.example' })
  expect(own.api).toBe('https://api.acme.example/v1/orgs/acme/apps/web')
})

const replay = 'https://app.logrocket.com/acme/web/s/6-0193b1f2-1111-7222-8333-444455556666/0'
test.each([
  ['session', replay, 'acme~web~6-0193b1f2-1111-7222-8333-444455556666~0'],
  ['session', `${replay}?t=1700000000000`, 'acme~web~6-0193b1f2-1111-7222-8333-444455556666~0'],
  ['session', `${replay}/details`, 'acme~web~6-0193b1f2-1111-7222-8333-444455556666~0'],
  ['session', replay.replace('/s/', '/issues/'), null],
  ['session', replay.replace('/0', ''), null],
  ['session', replay.replace('/0', '/latest'), null],
  ['session', replay.replace('app.', 'docs.'), null],
  ['session', replay.replace('logrocket.com', 'logrocket.com.evil.example'), null],
  ['project', 'https://app.logrocket.com/acme/web', 'acme~web'],
  ['project', replay, null],
  ['project', 'https://app.logrocket.com/acme', null],
])('as a %s the link %s is %s', (kind, url, id) => {
  expect(matched(kind, url)).toBe(id)
})

test.each([
  ['dana@acme.example', 'Dana'],
  ['ines.brandt+log@lathe.example', 'Ines Brandt'],
  ['o_neil-jo@acme.example', 'O Neil Jo'],
  ['1234@acme.example', 'somebody'],
  ['auth0|5f7c8ec7c33c6c004bbafe82', 'somebody'],
  ['', 'somebody'],
])('whoever has the address %s is called %s', (address, name) => {
  expect(nameOf(address)).toBe(name)
})
