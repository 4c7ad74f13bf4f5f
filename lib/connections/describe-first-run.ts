import type { Provider } from '#lib/providers/define.ts'
import type { RoleName } from '#lib/tenancy/schema.ts'
import type { FirstRunView } from './first-run-schema.ts'
import type { FirstRunFacts } from './read-first-run.ts'

type Steps = FirstRunView['steps']

function stepsOf({ kept, hasOauth, hasKey, isConnected, hasReference }: FirstRunFacts): Steps {
  const step = (id: Steps[number]['id'], done: boolean, spared = false) => ({ id, done, spared: spared && !done })
  return [
    step('hub', Boolean(kept.hubSeenAt)),
    step('provider', Boolean(kept.providerSeenAt) || hasOauth || hasKey),
    step('oauth', hasOauth, hasKey),
    step('key', hasKey, hasOauth),
    step('status', isConnected),
    step('board', hasReference),
  ]
}

const shown = (kept: FirstRunFacts['kept']): FirstRunView['show'] =>
  kept.dismissedAt ? 'dismissed' : kept.collapsedAt ? 'collapsed' : 'open'

/**
 * The first steps of somebody: all six for those who set the organization up, for others only the accounts that the boards
 * they can see need of them.
 */
export function describeFirstRun(
  facts: FirstRunFacts,
  role: RoleName | null,
  providers: readonly Pick<Provider, 'id' | 'name' | 'slots'>[],
): FirstRunView {
  const setsUp = role === 'owner' || role === 'admin'
  const accounts = facts.onBoards.flatMap(({ provider, connected }) => {
    const listed = providers.find(({ id, slots }) => id === provider && slots.includes('user'))
    return listed ? [{ provider, name: listed.name, done: connected }] : []
  })
  return {
    steps: setsUp ? stepsOf(facts) : [],
    accounts: setsUp ? [] : accounts,
    show: shown(facts.kept),
  }
}
