import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { methodIn } from './judge-rotation.ts'
import { mayConnect } from './policy.ts'
import type { NextAction, Status } from './schema.ts'
import type { ConnectionRow, Surroundings } from './surroundings.ts'

export type Badge = { status: Status; reasonCode: string | null; reason: string | null }
type Verb = Pick<NextAction, 'id' | 'label'>

const overview: Verb = { id: 'overview', label: 'Overview' }

/** What repairs a connection that works, by the reason it needs attention; null where nothing does. */
function verbFor(reasonCode: string | null, isPasted: boolean): Verb | null {
  const replace: Verb = { id: 'replace_key', label: 'Replace key' }
  if (reasonCode === 'scopes_missing')
    return isPasted ? replace : { id: 'grant_missing', label: 'Grant missing permission' }
  if (reasonCode === 'token_expiring') return isPasted ? replace : { id: 'reconnect', label: 'Reconnect' }
  if (reasonCode === 'rotation_due')
    return isPasted ? { ...replace, label: 'Rotate' } : { id: 'reconnect', label: 'Reconnect' }
  if (reasonCode === 'installer_left') return { id: 'take_over', label: 'Take over' }
  return null
}

/** What brings back a connection that its credential does not carry any more. */
function verbForDead(reasonCode: string | null, isPasted: boolean): Verb {
  if (isPasted) return { id: 'replace_key', label: 'Replace key' }
  return reasonCode === 'scopes_required'
    ? { id: 'grant_missing', label: 'Grant missing permission' }
    : { id: 'reconnect', label: 'Reconnect' }
}

/** Somebody who may not connect for everyone asks those who may. */
const mayAsk = (actor: Actor, { slot, whoMayConnect }: Surroundings): boolean =>
  slot === 'organization' && !mayConnect(actor, slot, whoMayConnect) && may(actor, 'connection.request')

const verify: Verb = { id: 'verify_access', label: 'Verify Access' }

/** What starts a connection: the verb of its first method. */
function verbToStart({ methods: [first] }: Surroundings): Verb {
  if (first?.type === 'verified') return verify
  return first && 'fields' in first ? { id: 'configure', label: 'Configure' } : { id: 'connect', label: 'Connect' }
}

const isUnset = (status: Status): boolean =>
  ['not_configured', 'disconnected', 'setup_required', 'not_available'].includes(status)

/** What to do next about a slot, and whether this person may; null where there is nothing to do. */
export function nextActionOf(
  actor: Actor,
  row: ConnectionRow | null,
  around: Surroundings,
  { status, reasonCode }: Badge,
): NextAction | null {
  const own = around.slot === 'user'
  const mayRepair = mayConnect(actor, around.slot, around.whoMayConnect)
  const mender = { who: own ? 'owner' : 'admins', may: mayRepair } as const // as const: a union of words
  const anyone = { who: 'anyone', may: true } as const // as const: a union of words
  const method = row && methodIn(row, around)
  const isPasted = method !== null && 'fields' in method
  if ((status === 'not_available' && row?.status !== status) || status === 'disconnecting' || status === 'verifying')
    return null
  if (status === 'disabled')
    return { id: 'enable', label: 'Enable', who: 'admins', may: may(actor, 'connector.configure') }
  if (status === 'connecting')
    return { id: 'cancel', label: 'Cancel', who: mender.who, may: around.attempt?.userId === actor.userId }
  // whatever became of it, it is asked again rather than connected anew
  if (around.methods[0]?.type === 'verified')
    return status === 'connected' ? { ...overview, ...anyone } : { ...verify, ...mender }
  // in standard mode what was verified and has no access is nothing that stands
  if (isUnset(status) || (row?.method === 'verified' && status === 'no_access'))
    return mayAsk(actor, around)
      ? { id: 'request', label: 'Request', ...anyone }
      : { ...verbToStart(around), ...mender }
  if (status === 'expired' || status === 'needs_reauth') return { ...verbForDead(reasonCode, isPasted), ...mender }
  if (status === 'error' && reasonCode === 'untested') return { id: 'check_now', label: 'Check now', ...mender }
  const isToSetUp = reasonCode === 'setup' || reasonCode === 'not_permitted' || reasonCode === 'partial_access'
  if (isToSetUp) return { id: 'how_to_fix', label: 'How to fix', ...anyone }
  if (status === 'error')
    return { id: 'view_logs', label: 'View logs', who: 'anyone', may: own || may(actor, 'activity.see') }
  if (status === 'no_access') return { id: 'who_can_help', label: 'Who can help', ...anyone }
  const verb = verbFor(reasonCode, isPasted)
  if (verb) return { ...verb, ...mender }
  if (reasonCode === 'plan_limited') return { id: 'details', label: 'Details', ...anyone }
  return { ...overview, ...anyone }
}
