// Reconnecting: until the new token has proved itself the old one serves, and whatever goes wrong changes nothing.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { cancelAttempt } from '#lib/attempts/cancel.ts'
import { chooseAccount } from '#lib/attempts/choose-account.ts'
import { completeConnect } from '#lib/attempts/complete.ts'
import { purge } from '#lib/attempts/purge.ts'
import { findAttempt } from '#lib/attempts/queries.ts'
import { startConnect } from '#lib/attempts/start.ts'
import { withConnection } from '#lib/connections/with-connection.ts'
import { shiftClock } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { connect, newBrowser, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { TOKEN_PATH, withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const ELEVEN_MINUTES_MS = 11 * 60 * 1000

/** Everything that makes a connection what it is, but for when it was last used and asked. */
const standing = (org: TestOrganization, id: string) =>
  withOrg(org.owner.actor, async (db) => {
    const row = await db.connection.findFirstOrThrow({ where: { id }, include: { credential: true } })
    const { rateLimit: _, rateLimitAt: __, lastUsedAt: ___, ...rest } = row
    return rest
  })
const works = (org: TestOrganization, id: string) =>
  withConnection(org.owner.actor, id, (api, { provider }) => provider.identify(api, { token: '' }))

/** Begins to reconnect; what it returns brings GitHub's answer back. */
async function begin({ owner: { person, actor } }: TestOrganization, decision: 'allow' | 'deny' = 'allow') {
  const [attempt, browser] = [randomUUID(), newBrowser()]
  const asked = { provider: 'github', slot: 'user', via: 'form' } as const // as const: names
  const { authorizeUrl } = await startConnect(actor, { ...asked, attempt, browser })
  const comeBack = async () => {
    const url = new URL(await sandbox.consent(authorizeUrl, { account: 'dana-k', decision }))
    await completeConnect({ url, callback: 'github', person, browser })
    return (await findAttempt(actor, attempt)).status
  }
  return { attempt, comeBack }
}

const mishaps: readonly { what: string; ends: string; happens: (org: TestOrganization) => Promise<string> }[] = [
  { what: 'cancelled at GitHub', ends: 'denied', happens: async (org) => (await begin(org, 'deny')).comeBack() },
  {
    what: 'refused at the exchange',
    ends: 'failed',
    happens: async (org) => {
      const { comeBack } = await begin(org)
      await sandbox.control.faults([{ provider: 'github', path: TOKEN_PATH, status: 503 }])
      return comeBack()
    },
  },
  {
    what: 'given a token that GitHub does not take',
    ends: 'failed',
    happens: async (org) => {
      const { comeBack } = await begin(org)
      await sandbox.control.faults([{ provider: 'github', path: '/github-api/user', status: 401 }])
      return comeBack()
    },
  },
  {
    what: 'cancelled here before the answer came',
    ends: 'cancelled',
    happens: async (org) => {
      const { attempt, comeBack } = await begin(org)
      await cancelAttempt(org.owner.actor, attempt)
      return comeBack()
    },
  },
  {
    what: 'begun and never finished',
    ends: 'timed_out',
    happens: async (org) => {
      const { attempt } = await begin(org)
      const restore = shiftClock(ELEVEN_MINUTES_MS)
      try {
        await purge()
        return (await findAttempt(org.owner.actor, attempt)).status
      } finally {
        restore()
      }
    },
  },
]

test.for(mishaps)('a reconnect that is $what changes nothing: the old token serves', async ({ ends, happens }) => {
  const org = await newOrganization()
  const id = String((await connect(org.owner)).connection?.id)
  const before = await standing(org, id)
  expect(await happens(org)).toBe(ends)
  await sandbox.control.clearFaults()
  expect(await standing(org, id)).toEqual(before)
  expect(await works(org, id)).toMatchObject({ label: '@dana-k' })
})

test('while the new one waits for somebody to decide, the old token serves as it stood, and does once it is kept', async () => {
  const org = await newOrganization()
  const id = String((await connect(org.owner)).connection?.id)
  const before = await standing(org, id)
  const { attempt } = await connect(org.owner, { account: 'dana-personal' })
  expect(attempt.status).toBe('mismatch')
  expect(await standing(org, id)).toEqual(before)
  expect(await works(org, id)).toMatchObject({ label: '@dana-k' })
  await chooseAccount(org.owner.actor, attempt.id, 'keep')
  expect(await standing(org, id)).toEqual(before)
  expect(await works(org, id)).toMatchObject({ label: '@dana-k' })
})
