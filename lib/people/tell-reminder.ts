import { withOrg, withSystem } from '#lib/platform/db.ts'
import { env } from '#lib/platform/env.ts'
import { sendMail } from '#lib/platform/mail.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { readLastReminder } from './read-last-reminder.ts'
import { readWaiting } from './read-waiting.ts'

type Notice = { provider?: string; userId?: string }

/** One mail that asks a member to connect their own account. None to who has connected it meanwhile, or has left. */
export async function tellReminder(actor: Actor, { provider: id = '', userId = '' }: Notice): Promise<void> {
  const by = await withOrg(actor, async (db) => {
    const isWaiting = (await readWaiting(db, actor, id, userId)).length > 0
    return isWaiting ? ((await readLastReminder(db, id))?.by ?? null) : null
  })
  const person = by && (await withSystem('account', (db) => db.user.findUnique({ where: { id: userId } })))
  if (!person) return
  const { name } = knownProvider(id)
  const { organization } = actor
  await sendMail({
    to: person.email,
    subject: `Connect your ${name} account (${organization.name})`,
    text: [
      `${by} asks you to connect your own ${name} account in ${organization.name}.`,
      `Boards show each person only what their own account can open: until it is connected, ${name} cards stay locked for you.`,
      `Connect it here: ${env().APP_URL}/${organization.slug}/settings/integrations/${id}`,
    ].join('\n\n'),
  })
}
