import type { Actor } from '#lib/tenancy/actor.ts'
import { beginDisconnect } from './disconnect.ts'
import { LeaveLine } from './leave-schema.ts'

/**
 * Tells a disconnect while it goes on: a line a step, and last what came of it. Throws as beginDisconnect; what is thrown
 * later is for the caller to tell.
 */
export async function tellDisconnect(actor: Actor, id: string, force: boolean) {
  const finish = await beginDisconnect(actor, id, force)
  return async (write: (line: LeaveLine) => void): Promise<void> => {
    if (!force) write(LeaveLine.parse({ ended: 'use' }))
    write(LeaveLine.parse(await finish((step) => write(LeaveLine.parse(step)))))
  }
}
