// People of a test at the simulated Atlassian: Dana is on one site with both products, Sam on two.
import { withOrg } from '#lib/platform/db.ts'
import { connect, type TestOrganization } from './organization.ts'
import type { SandboxClient } from './sandbox.ts'

export const DANA = 'dana@acme.example'
export const SAM = 'sam@acme.example'
export const ATLASSIAN_TOKEN = '/atlassian-auth/oauth/token'

type Who = TestOrganization['owner']

/** Both products by one consent. */
export async function connectBoth(
  who: Who,
  { slot = 'user', account = DANA }: { slot?: 'user' | 'organization'; account?: string } = {},
) {
  const { attempt, connection } = await connect(who, { provider: 'jira', slot, account, also: ['confluence'] })
  const confluence = attempt.also?.[0]?.connectionId
  if (!connection || !confluence) throw new Error(`not connected: ${JSON.stringify(attempt)}`)
  return { jira: connection.id, confluence, attempt }
}

/** One product by a consent of its own. */
export async function connectOne(
  who: Who,
  provider: string,
  { slot = 'user', account = DANA }: { slot?: 'user' | 'organization'; account?: string } = {},
) {
  const { connection, attempt } = await connect(who, { provider, slot, account })
  if (!connection) throw new Error(`not connected: ${JSON.stringify(attempt)}`)
  return connection
}

/** How an organization's connections stand, and on which Credential. */
export const standingsIn = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, (db) =>
    db.connection.findMany({
      orderBy: [{ provider: 'desc' }, { slot: 'desc' }],
      select: { provider: true, status: true, reasonCode: true, credentialId: true },
    }),
  )

/** The Credentials of an organization that hold something. */
export const credentialsIn = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, (db) => db.credential.findMany({ where: { sealed: { not: null } } }))

/** What an organization's audit log says, as action and provider. */
export const auditIn = ({ owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) =>
    (await db.auditEvent.findMany({ orderBy: { sequence: 'asc' } })).map(({ action, provider }) =>
      `${action} ${provider ?? ''}`.trim(),
    ),
  )

/** How many people were told that a connection broke. */
export const noticesIn = ({ id, owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'connections.notify-broken' AND data->>'organizationId' = ${id}`
    return row?.count
  })

/** The connections that are to be probed soon. */
export const probesIn = ({ id, owner }: TestOrganization) =>
  withOrg(owner.actor, async (db) => {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT data->>'connectionId' AS id FROM pgboss.job WHERE name = 'connections.probe' AND data->>'organizationId' = ${id}`
    return rows.map((row) => row.id)
  })

/** The calls of Atlassian's token endpoint since the log was cleared. */
export const tokenCallsAt = async ({ control }: SandboxClient) =>
  (await control.log()).filter(({ path }) => path === ATLASSIAN_TOKEN)
