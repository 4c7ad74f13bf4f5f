import type { Db } from '#lib/platform/db.ts'
import type { RemindedView } from './schema.ts'

/** The reminder that went out last for a provider, inside the caller's transaction; null where none ever did. */
export async function readLastReminder(db: Db, provider: string): Promise<RemindedView['last'] | null> {
  const row = await db.reminder.findFirst({
    where: { provider },
    include: { sender: { include: { user: { select: { name: true } } } } },
  })
  return row && { at: row.sentAt.toISOString(), by: row.sender.user.name, count: row.count }
}
