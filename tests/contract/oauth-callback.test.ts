import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorizeUrl } from '#lib/oauth/authorize-url.ts'
import { readCallback, readState } from '#lib/oauth/callback.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'

const callback = (query: string) => new URL(`http://localhost/api/callback/example?${query}`)
const method: OAuth2 = {
  type: 'oauth2',
  client: 'example',
  clientAuth: 'body',
  pkce: true,
  scopes: [],
  refresh: 'rotates',
}
const input = {
  endpoint: 'https://provider.example/authorize?tenant=a%20b',
  method,
  clientId: 'client 1',
  redirectUri: 'http://localhost:3000/api/callback/example',
  state: 'st',
  challenge: 'ch',
  scopes: [
    { name: 'read:user', why: 'x' },
    { name: 'repo', why: 'x' },
  ],
}

describe('the address of the consent page', () => {
  test('it carries what RFC 6749 4.1.1 and RFC 7636 4.3 ask for, and keeps the endpoint’s own query', () => {
    const url = new URL(authorizeUrl(input))
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: 'a b',
      response_type: 'code',
      client_id: 'client 1',
      redirect_uri: 'http://localhost:3000/api/callback/example',
      state: 'st',
      scope: 'read:user repo',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    })
    expect(url.origin + url.pathname).toBe('https://provider.example/authorize')
  })

  test('without PKCE it carries no challenge, and without scopes no scope', () => {
    const { searchParams } = new URL(authorizeUrl({ ...input, method: { ...method, pkce: false }, scopes: [] }))
    expect([...searchParams.keys()]).toEqual(['tenant', 'response_type', 'client_id', 'redirect_uri', 'state'])
  })

  test('a provider’s own separator and parameters are honoured', () => {
    const dialect = { scopeSeparator: ',', authorizeParameters: { audience: 'api.example', prompt: 'consent' } }
    const { searchParams } = new URL(authorizeUrl({ ...input, method: { ...method, dialect } }))
    expect(searchParams.get('scope')).toBe('read:user,repo')
    expect(searchParams.get('audience')).toBe('api.example')
    expect(searchParams.get('prompt')).toBe('consent')
  })

  test('the account to go on with is named where the provider has a parameter for it, and one is known', () => {
    const of = (dialect: object, account?: string) =>
      new URL(authorizeUrl({ ...input, account, method: { ...method, dialect } })).searchParams.get('team')
    expect(of({ accountParameter: 'team' }, 'T05ACME')).toBe('T05ACME')
    expect(of({ accountParameter: 'team' })).toBeNull()
    expect(of({}, 'T05ACME')).toBeNull()
  })

  test('the scopes of a second token stand in a parameter of their own', () => {
    const scopes = [...input.scopes, { name: 'search:read', why: 'x', second: true as const }]
    const of = (dialect: object) =>
      new URL(authorizeUrl({ ...input, scopes, method: { ...method, dialect } })).searchParams
    expect(of({ secondScopes: 'user_scope' }).get('scope')).toBe('read:user repo')
    expect(of({ secondScopes: 'user_scope' }).get('user_scope')).toBe('search:read')
    expect(of({}).get('scope')).toBe('read:user repo')
  })

  test('where no client is known and no state comes back, the state stands in the callback’s address', () => {
    const dialect = { redirectParameter: 'callback_url', stateInRedirect: true, withoutClient: true } as const
    const { searchParams } = new URL(
      authorizeUrl({ ...input, clientId: null, scopes: [], method: { ...method, client: null, dialect } }),
    )
    expect(Object.fromEntries(searchParams)).toEqual({
      tenant: 'a b',
      callback_url: 'http://localhost:3000/api/callback/example?state=st',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    })
  })
})

describe('reading a callback', () => {
  test('a code is handed over', () => {
    expect(readCallback(callback('code=SplxlOBeZQQYbYS6WxSbIA&state=xyz'), {})).toEqual({
      kind: 'code',
      code: 'SplxlOBeZQQYbYS6WxSbIA',
    })
  })

  test('a person who says no is denied, not failed', () => {
    expect(readCallback(callback('error=access_denied&error_description=no&state=xyz'), {})).toEqual({ kind: 'denied' })
  })

  test('any other error keeps its code, and an error wins over a code', () => {
    expect(readCallback(callback('error=redirect_uri_mismatch&state=xyz'), {})).toEqual({
      kind: 'error',
      code: 'redirect_uri_mismatch',
    })
    expect(readCallback(callback('error=server_error&code=c&state=xyz'), {}).kind).toBe('error')
  })

  test('no foreign text passes as an error code', () => {
    const isOurs = /^[a-z_]{1,64}$/
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const read = readCallback(callback(new URLSearchParams({ error: text, state: 'x' }).toString()), {})
        return read.kind !== 'error' || isOurs.test(read.code)
      }),
    )
    const shouted = readCallback(callback('error=%3Cscript%3E&state=x'), {})
    expect(shouted).toEqual({ kind: 'error', code: 'unknown_error' })
  })

  test.each([
    'code=a&code=b&state=x',
    'code=a&state=x&state=y',
    'code=a&state=x&iss=a&iss=a',
    'error=a&error=b&state=x',
  ])('a parameter given twice is refused: %s', (query) => {
    expect(readCallback(callback(query), {})).toEqual({ kind: 'error', code: 'repeated_parameter' })
  })

  test('a callback without a code is refused', () => {
    expect(readCallback(callback('state=x'), {})).toEqual({ kind: 'error', code: 'code_missing' })
    expect(readCallback(callback('code=&state=x'), {})).toEqual({ kind: 'error', code: 'code_missing' })
  })

  test.each(['response=jwt', 'id_token=x', 'token=x'])('an answer of another flow is refused: %s', (parameter) => {
    expect(readCallback(callback(`code=a&state=x&${parameter}`), {}).kind).toBe('error')
  })

  test('the state leads to the attempt only when there is exactly one', () => {
    expect(readState(callback('code=a&state=xyz'))).toBe('xyz')
    expect(readState(callback('code=a'))).toBeNull()
    expect(readState(callback('code=a&state='))).toBeNull()
    expect(readState(callback('code=a&state=xyz&state=xyz'))).toBeNull()
  })
})

describe('check 25: the issuer of RFC 9207', () => {
  const query = 'code=x1848ZT64p4IirMPT0R-X3141MFPTuBX-VFL_cvaplMH58&state=ZWVlNDBlYzA1NjdkMDNhYjg3ZjUxZjAyNGQzMTM2NzI'
  const issuer = 'https://honest.as.example'

  test('the example of section 2.1 is taken from the issuer it names', () => {
    expect(readCallback(callback(`${query}&iss=https%3A%2F%2Fhonest.as.example`), { issuer }).kind).toBe('code')
  })

  test.each(['https://attacker.example', 'https://honest.as.example/', 'HTTPS://honest.as.example', ''])(
    'an answer that names another issuer is refused: %s',
    (other) => {
      const read = readCallback(callback(`${query}&iss=${encodeURIComponent(other)}`), { issuer })
      expect(read).toEqual({ kind: 'error', code: 'issuer_mismatch' })
    },
  )

  test('an error of another issuer is refused as such, and so is its denial', () => {
    const read = readCallback(callback('error=access_denied&state=x&iss=https://attacker.example'), { issuer })
    expect(read).toEqual({ kind: 'error', code: 'issuer_mismatch' })
  })

  test('an answer without an issuer is taken, and an issuer that we know nothing of says nothing', () => {
    expect(readCallback(callback(query), { issuer }).kind).toBe('code')
    expect(readCallback(callback(`${query}&iss=https://any.example`), {}).kind).toBe('code')
  })
})
