import { keptPlan } from './kept-plan.ts'
import type { ConnectionView } from './schema.ts'
import type { ConnectionRow, Surroundings } from './surroundings.ts'

/** What the plan of a connection's account allows, where plans differ; null until somebody has looked. */
export function describePlan(
  { capabilities: known }: ConnectionRow,
  { declared }: Pick<Surroundings, 'declared'>,
): Pick<ConnectionView, 'plan'> {
  if (!declared?.plan) return {}
  const plan = keptPlan(known)
  if (!plan) return { plan: null }
  const { label = null, capabilities, warnings, isUnread } = plan
  const problem = isUnread ? `Couldn't read your plan. ${declared.plan.unread}` : null
  return { plan: { label, problem, capabilities, warnings } }
}
