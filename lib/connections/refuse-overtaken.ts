import { now } from '#lib/platform/clock.ts'
import type { Db } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import type { PolicySeen } from './config-schema.ts'
import { optionsOf, whoMayConnect } from './policy.ts'

type Stored = { whoMayConnect: string | null; options: unknown; inAnswers: boolean } | null

/** Whether a provider is still set as somebody saw it who now changes it. */
function isAsSeen(actor: Actor, row: Stored, seen: PolicySeen): boolean {
  const on = optionsOf(row)
  return (
    whoMayConnect(actor.organization, row) === seen.whoMayConnect &&
    (row?.inAnswers ?? true) === seen.inAnswers &&
    Object.entries(seen.options).every(([id, isOn]) => on.has(id) === isOn)
  )
}

const MINUTE_MS = 60_000

/** How long ago, in whole minutes, hours or days; one minute at least. */
function agoOf(at: Date): string {
  const minutes = Math.max(1, Math.floor((now().getTime() - at.getTime()) / MINUTE_MS))
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ago`
  const days = Math.floor(hours / 24)
  return days === 1 ? '1 day ago' : `${days} days ago`
}

const ACTIONS = ['connector.reconfigured', 'connector.enabled', 'connector.disabled']
const LOOKED_AT = 50

/** Whether an event changed what a person sees and sets of a provider, besides whether it is on. */
function changesSeen({ before, after }: { before: unknown; after: unknown }): boolean {
  const [old, set] = [Object(before), Object(after)]
  return old.whoMayConnect !== set.whoMayConnect || 'options' in set || 'inAnswers' in set
}

/** The last change that a person may not have seen; a policy of the whole organization is one where it says who may connect. */
async function findLastChange(db: Db, provider: string) {
  const events = await db.auditEvent.findMany({
    where: { OR: [{ provider, action: { in: ACTIONS } }, { action: 'policy.changed' }] },
    orderBy: { sequence: 'desc' },
    take: LOOKED_AT,
  })
  return events.find(changesSeen) ?? null
}

/**
 * Throws `conflict`, with who changed it and when, where a provider is not set any more as the person saw it who changes it
 * now. Inside the transaction that has locked the settings.
 */
export async function refuseOvertaken(db: Db, actor: Actor, at: { provider: string; row: Stored }, seen: PolicySeen) {
  if (isAsSeen(actor, at.row, seen)) return
  const last = await findLastChange(db, at.provider)
  if (!last) throw new Problem('conflict', 'Somebody changed this meanwhile. Review.')
  const who = last.actorId === actor.userId ? 'You' : last.actorName
  throw new Problem('conflict', `${who} changed this ${agoOf(last.at)}. Review.`)
}
