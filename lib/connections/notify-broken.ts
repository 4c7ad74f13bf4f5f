import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sendMail } from '#lib/platform/mail.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { explainReason, type ReasonDetail } from './explain.ts'
import { mendersOf } from './find-menders.ts'
import { Status } from './schema.ts'
import { statusNames } from './status.ts'

/** Which break is told, and to whom; each person's is a job of its own, so that trying again mails nobody twice. */
type Notice = { connectionId?: string; userId?: string; since?: string }

/**
 * One mail about a connection that broke, to one of those who can mend it. None when it has recovered meanwhile, has broken
 * anew, which is told by itself, or is not theirs to mend any more.
 */
export async function notifyBroken(actor: Actor, { connectionId = '', userId = '', since }: Notice): Promise<void> {
  const connection = await withOrg(actor, async (db) => {
    const found = await db.connection.findFirst({ where: { id: connectionId } })
    const mender = found && (await db.membership.findFirst({ where: { AND: [mendersOf(found), { userId }] } }))
    return mender ? found : null
  })
  if (connection?.since.toISOString() !== since || !connection) return
  const status = Status.parse(connection.status)
  const { name } = knownProvider(connection.provider)
  const person = await withSystem('account', (db) => db.user.findUnique({ where: { id: userId } }))
  if (!person) return
  const detail = (connection.reasonDetail ?? {}) as ReasonDetail // written by observe
  const { organization } = actor
  await sendMail({
    to: person.email,
    subject: `Action needed: ${name} ${statusNames[status].toLowerCase()} (${organization.name})`,
    text: [
      `${explainReason(connection.reasonCode ?? '', name, detail)}.`,
      `Since ${since}. Cards and syncs that use it are paused; settings and past data stay.`,
      `Mend it here: ${env().APP_URL}/${organization.slug}/settings/integrations/${connection.provider}`,
    ].join('\n\n'),
  })
}
