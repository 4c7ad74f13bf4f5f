import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { named } from './scopes.ts'
import { type AccessToken, type Account, accountOf, issuer, type State } from './state.ts'

const KEY_ID = 'sandbox0000000000000000000000000000key01'
const SECONDS = 3600
const [EMAIL = '', PROFILE = ''] = named('userinfo.email', 'userinfo.profile')

let kept: KeyObject | null = null

function signingKey(): KeyObject {
  kept ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  return kept
}

/** The public half of the key, as /oauth2/v3/certs publishes it. */
export const publicKeys = (): object => ({
  keys: [{ ...createPublicKey(signingKey()).export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: KEY_ID }],
})

/** What a token may know of its person, as userinfo answers it. */
export function claims({ world }: State, account: Account, scopes: readonly string[]): Record<string, unknown> {
  const [given = '', ...rest] = account.name.split(' ')
  return {
    sub: account.sub,
    ...(scopes.includes(PROFILE) && {
      name: account.name,
      given_name: given,
      family_name: rest.join(' '),
      picture: `${world.url}/google-accounts/avatars/${account.sub}`,
    }),
    ...(scopes.includes(EMAIL) && {
      email: account.email,
      email_verified: true,
      ...(account.hd !== null && { hd: account.hd }),
    }),
  }
}

/** The id token that comes with an access token (developers.google.com/identity/openid-connect/openid-connect). */
export function idToken(state: State, access: AccessToken, nonce: string | null): string {
  const account = accountOf(state, access.account)
  if (!account) throw new Error(`no account ${access.account}`)
  const now = Math.floor(state.world.clock.now() / 1000)
  const payload = {
    iss: issuer(state.world),
    azp: access.clientId,
    aud: access.clientId,
    ...claims(state, account, access.scopes),
    at_hash: createHash('sha256').update(access.value).digest().subarray(0, 16).toString('base64url'),
    ...(nonce !== null && { nonce }),
    iat: now,
    exp: now + SECONDS,
  }
  const text = [{ alg: 'RS256', kid: KEY_ID, typ: 'JWT' }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign('sha256', Buffer.from(text), signingKey()).toString('base64url')}`
}
