import { keptPlan } from './kept-plan.ts'
import type { ConnectionView } from './schema.ts'
import type { ConnectionRow, Surroundings } from './surroundings.ts'

/** What the plan of a connection's account allows, where plans differ; null until somebody has looked. */
export function describePlan(
  { capabilities: known }: ConnectionRow,
  { provider }: Pick<Surroundings, 'provider'>,
): Pick<ConnectionView, 'plan'> {
  if (!provider.plan) return {}
  const plan = keptPlan(known)
  if (!plan) return { plan: null }
  const { label = null, capabilities, warnings, isUnread } = plan
  const problem = isUnread ? `Couldn't read your plan. ${provider.plan.unread}` : null
  return { plan: { label, problem, capabilities, warnings } }
}
