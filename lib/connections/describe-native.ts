import type { Provider } from '#lib/providers/define.ts'
import type { AtProvider } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { isNative, verifiedMethod } from './native.ts'
import type { NativeView, VerifiedView } from './native-schema.ts'
import type { SlotView } from './schema.ts'

type Described = { native?: NativeView; verified?: VerifiedView }

/** Whether it works and nobody has to do anything about it. */
const isAtRest = ({ status, nextAction }: SlotView): boolean =>
  status === 'connected' && (nextAction === null || nextAction.id === 'overview')

const stepsOf = ({ steps, ...rest }: AtProvider): VerifiedView['setUp'] => ({ ...rest, steps: [...steps] })

/** What native mode has to do with a provider; nothing with most. */
export function describeNative(actor: Actor, provider: Provider, slots: readonly SlotView[]): Described {
  const method = verifiedMethod(provider)
  const shared = slots.find(({ slot }) => slot === 'organization')
  const verified = method && {
    about: method.about,
    seeing: method.seeing,
    setUp: stepsOf(method.setUp),
    end: stepsOf(method.end),
    plans: method.plans,
  }
  const builtIn = shared && isAtRest(shared) ? (provider.builtIn ?? null) : null
  const isPart = isNative(actor) && (verified !== null || provider.builtIn !== undefined)
  return { ...(verified ? { verified } : {}), ...(isPart ? { native: { builtIn } } : {}) }
}
