import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sendMail } from '#lib/platform/mail.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { explainReason, type ReasonDetail } from './explain.ts'
import { Status } from './schema.ts'
import { statusNames } from './status.ts'

/**
 * One mail about a connection that broke, to whoever can mend it: its member, or the owners and admins. None when it
 * has recovered meanwhile.
 */
export async function notifyBroken(actor: Actor, connectionId: string): Promise<void> {
  const found = await withOrg(actor, async (db) => {
    const connection = await db.connection.findFirst({ where: { id: connectionId } })
    if (!connection) return null
    const menders = await db.membership.findMany({
      where: {
        leftAt: null,
        ...(connection.userId ? { userId: connection.userId } : { role: { in: ['owner', 'admin'] } }),
      },
    })
    return { connection, menders: menders.map(({ userId }) => userId) }
  })
  const status = Status.safeParse(found?.connection.status).data
  if (!found || !status || !['needs_reauth', 'expired', 'error'].includes(status)) return
  const { name } = knownProvider(found.connection.provider)
  const people = await withSystem('account', (db) => db.user.findMany({ where: { id: { in: found.menders } } }))
  const reason = explainReason(
    found.connection.reasonCode ?? '',
    name,
    (found.connection.reasonDetail ?? {}) as ReasonDetail,
  ) // written by observe
  const { organization } = actor
  for (const { email } of people)
    await sendMail({
      to: email,
      subject: `Action needed: ${name} ${statusNames[status].toLowerCase()} (${organization.name})`,
      text: [
        `${reason}.`,
        `Since ${found.connection.since.toISOString()}. Cards and syncs that use it are paused; settings and past data stay.`,
        `Mend it here: ${env().APP_URL}/${organization.slug}/settings/integrations/${found.connection.provider}`,
      ].join('\n\n'),
    })
}
