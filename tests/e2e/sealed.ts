// What only the server can read, opened with the keys of the product under test, so that a test can look for it elsewhere.
import '#scripts/lib/server-only.mjs'
import { decode } from 'next-auth/jwt'
import { embeddedUrls } from '#scripts/lib/embedded.ts'
import { withClient } from '#scripts/lib/roles.ts'
import { readSecrets } from '#scripts/lib/secrets.ts'
import { appUrl, dataDir } from './support.ts'

const secrets = () => readSecrets(dataDir)

async function query<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
  const urls = embeddedUrls(dataDir)
  if (!urls) throw new Error(`no database in ${dataDir}`)
  return withClient(urls.superuser, async (client) => (await client.query(sql, [...values])).rows)
}

/** The keys and passwords of the product itself. */
export function ownSecrets(): string[] {
  const { authSecret, keyring, ownerPassword, appPassword } = secrets()
  return [authSecret, keyring.split(':').slice(1).join(':'), ownerPassword, appPassword]
}

/** The session token inside a session cookie. */
export async function sessionTokenIn(cookie: string): Promise<string> {
  const token = await decode({ token: cookie, secret: secrets().authSecret })
  if (typeof token?.sid !== 'string') throw new Error('the session cookie does not open')
  return token.sid
}

/** Lets lib/vault and lib/platform read the environment of the product; they parse it at their first use. */
async function openers() {
  const { authSecret, keyring } = secrets()
  Object.assign(process.env, {
    DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
    APP_URL: appUrl,
    AUTH_SECRET: authSecret,
    KEYRING: keyring,
  })
  const [{ openGrant }, { unseal }] = await Promise.all([
    import('#lib/vault/grant.ts'),
    import('#lib/platform/seal.ts'),
  ])
  return { openGrant, unseal }
}

type SealedRow = { id: string; organizationId: string; version: number; sealed: string }

/** Every token at a provider that this organization holds. */
export async function tokensOf(organizationId: string): Promise<string[]> {
  const { openGrant } = await openers()
  const sql =
    'SELECT id, "organizationId", version, sealed FROM "Credential" WHERE "organizationId" = $1 AND sealed IS NOT NULL'
  const rows = await query<SealedRow>(sql, [organizationId])
  const grants = await Promise.all(rows.map((row) => openGrant(row.sealed, row)))
  if (grants.includes(null)) throw new Error('a credential does not open')
  return grants.flatMap((grant) => [grant?.token, grant?.refreshToken].filter((token) => token !== undefined))
}

/** The PKCE verifier of the attempt that this organization has under way. */
export async function verifierOf(organizationId: string): Promise<string> {
  const { unseal } = await openers()
  const sql = 'SELECT id, verifier FROM "ConnectAttempt" WHERE "organizationId" = $1 AND verifier IS NOT NULL'
  const [row] = await query<{ id: string; verifier: string }>(sql, [organizationId])
  const verifier = row && (await unseal(row.verifier, ['ConnectAttempt', organizationId, row.id, 'verifier']))
  if (!verifier) throw new Error('no verifier of an attempt opens')
  return verifier
}
