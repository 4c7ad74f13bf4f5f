import { Problem } from '#lib/platform/problem.ts'
import type { RefusedBecause } from '#lib/providers/define-auth.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { pointerOf } from './clean-fields.ts'
import type { Prepared } from './prepare-secret.ts'
import type { TestStep } from './secret-schema.ts'
import type { Verdict } from './test-secret.ts'

const reasons: Record<RefusedBecause, (name: string, noun: string) => string> = {
  secret: (name, noun) => `${name} didn't accept this ${noun}. Check it was copied whole and hasn't been revoked.`,
  permission: (name, noun) =>
    `${name} accepted this ${noun} and then showed it nothing. Make one with the permissions listed here.`,
  plan: (name, noun) => `${name} accepted this ${noun}, and its plan has nothing of what is read here.`,
  unknown: (name, noun) => `${name} doesn't know this, or this ${noun} may not see it. Check how it is spelled there.`,
}

type Refused = Extract<Verdict, { is: 'refused' }>

/** What is wrong, in the provider's words of it where it has some. */
function sayRefused({ provider, method, values }: Prepared, { because, setup }: Refused): string {
  const own = method.refused?.[because]?.(values)
  return findRemedy(provider, setup) ?? own ?? reasons[because](provider.name, method.noun)
}

/** The problem of a secret that cannot be used, at the field that has to change. */
export function explainRefused(prepared: Prepared, refused: Refused, steps: TestStep[]): Problem {
  const { method, values } = prepared
  const { because } = refused
  const detail = sayRefused(prepared, refused)
  const isAtFault = ({ secret, name, choices }: (typeof method.fields)[number]) =>
    because === 'unknown' || because === 'plan' ? !secret && !choices && values[name] !== undefined : secret
  const field = method.fields.find(isAtFault) ?? method.fields.find(({ secret }) => secret)
  return new Problem('fields-not-accepted', detail, {
    errors: [{ pointer: field ? pointerOf(field.name) : '/fields', detail }],
    members: { steps },
  })
}

const list = (names: readonly string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(names)

/** The problem of a secret that lacks permissions; `anyway` says whether it can be stored all the same. */
export function explainClosed(
  { method, scopes }: Prepared,
  { missing, mayKeep }: { missing: readonly string[]; mayKeep: boolean },
  steps: TestStep[],
): Problem {
  const required = scopes.filter(({ name, optional }) => missing.includes(name) && !optional).map(({ name }) => name)
  return new Problem(
    'permission-missing',
    `This ${method.noun} lacks ${list(missing)}. Your ${method.noun} wasn't saved.`,
    {
      members: { steps, missing, required, anyway: mayKeep },
    },
  )
}

/** The problem of a provider that did not answer, or would not now; `anyway` says whether the secret can be stored to be tested later. */
export function explainSilent(
  { provider, method, replaces }: Prepared,
  { isThrottled, mayKeep }: { isThrottled: boolean; mayKeep: boolean },
  steps: TestStep[],
): Problem {
  const said = isThrottled ? 'asked us to wait' : "didn't answer"
  const rest = replaces ? ` The old ${method.noun} goes on working.` : ''
  const detail = `${provider.name} ${said}. Your ${method.noun} wasn't saved.${rest}`
  const kind = isThrottled ? 'provider-rate-limited' : 'provider-unavailable'
  return new Problem(kind, detail, { members: { steps, anyway: mayKeep } })
}

/** The question whether another account than the connected one is meant; `switchAccount` answers it. */
export function explainOther(
  { method }: Prepared,
  { is, was }: { is: string; was: string },
  steps: TestStep[],
): Problem {
  return new Problem(
    'other-account',
    `This ${method.noun} is for ${is}. This connection is ${was}. Nothing was saved.`,
    {
      members: { steps, accountLabel: is, previousLabel: was },
    },
  )
}
