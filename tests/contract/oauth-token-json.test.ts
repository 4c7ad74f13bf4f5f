import { expect, test } from 'vitest'
import { exchangeCode } from '#lib/oauth/exchange.ts'
import { refreshGrant } from '#lib/oauth/refresh.ts'
import type { OAuth2 } from '#lib/providers/define-auth.ts'
import { serve } from '#tests/support/loopback.ts'

// RFC 6749 section 2.3.1 prints this client and the header it is sent as
const client = { id: 's6BhdRkqt3', secret: '7Fjfp0ZBr1KtDRbnfVdmIw' }
const proof = 'Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3'
const method: OAuth2 = {
  type: 'oauth2',
  client: 'example',
  clientAuth: 'basic',
  pkce: false,
  scopes: [],
  refresh: 'rotates',
  dialect: { tokenBody: 'json', tokenHeaders: { 'example-version': '7' } },
}
const redirectUri = 'https://client.example.com/cb'

test('a provider that knows no forms gets the same parameters as JSON, with the headers that it wants', async () => {
  const { url, received } = await serve(() => ({ body: { access_token: 't2', token_type: 'bearer' } }))
  await exchangeCode({ method, endpoint: url, client, redirectUri, code: 'SplxlOBeZQQYbYS6WxSbIA', verifier: 'v' })
  await refreshGrant({ method, endpoint: url, client, grant: { token: 't', refreshToken: 'r' } })
  for (const { headers } of received)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'example-version': '7',
      authorization: proof,
    })
  expect(received.map(({ body }) => JSON.parse(body))).toEqual([
    { grant_type: 'authorization_code', code: 'SplxlOBeZQQYbYS6WxSbIA', redirect_uri: redirectUri },
    { grant_type: 'refresh_token', refresh_token: 'r' },
  ])
})

test('a client that proves itself in the body does so in JSON too', async () => {
  const { url, received } = await serve(() => ({ body: { access_token: 't2', token_type: 'bearer' } }))
  const inBody: OAuth2 = { ...method, clientAuth: 'body' }
  await refreshGrant({ method: inBody, endpoint: url, client, grant: { token: 't', refreshToken: 'r' } })
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ client_id: client.id, client_secret: client.secret })
  expect(received[0]?.headers.authorization).toBeUndefined()
})
