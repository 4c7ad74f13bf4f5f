import { compareScopes } from '#lib/oauth/scopes.ts'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Identity, Provider } from '#lib/providers/define.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import type { Check, Grant, RefusedBecause, Scope, Secret } from '#lib/providers/define-auth.ts'
import { openApi } from '#lib/vault/open-api.ts'
import { clearConfig } from './clean-fields.ts'
import type { Proof } from './prove-grant.ts'
import type { TestStep } from './secret-schema.ts'

export type Test = {
  provider: Provider
  method: Secret
  values: Config
  /** The permissions to hold it against. */
  scopes: readonly Scope[]
  signal: AbortSignal
  /** When it ends, as far as the person knows. */
  endsAt?: Date | undefined
  onStep?: (step: TestStep) => void
}

/** How a test ended. `proof` where the account is known; its identity names what was found to be granted. */
export type Verdict =
  | { is: 'passed'; proof: Proof; missing: string[] }
  /** Nobody can use it: what is wrong, and with which of the fields; `setup`: what is missing at the provider. */
  | { is: 'refused'; because: RefusedBecause; setup?: string }
  /** It lacks a permission that even its account cannot be told without. */
  | { is: 'closed'; missing: string[] }
  /** Nothing was proven: it did not answer, or asked to wait. */
  | { is: 'silent'; grant: Grant; proof: Proof | null; isThrottled: boolean }
export type Tested = { verdict: Verdict; steps: TestStep[] }

const silence: readonly string[] = ['unavailable', 'rate_limited']
const ended: readonly string[] = ['expired', 'revoked']

/** What is tried of a secret: the checks of the permissions that are asked for, and those of none. */
export const checksFor = ({ checks }: Secret, scopes: readonly Scope[]): Check[] =>
  checks.filter(({ scope }) => scope === undefined || scopes.some(({ name }) => name === scope))

/** How the checks went: the permissions that were found missing, and the failure that ended them. */
export type Checked = { missing: string[]; failure: ProviderFailure | null }

/** Tries what the product does with a secret, one after the other. One that lacks its permission ends nothing. */
export async function runChecks(
  checks: readonly Check[],
  { api, grant }: { api: Api; grant: Grant },
  onEnd: (check: Check, failure: ProviderFailure | null) => void = () => undefined,
): Promise<Checked> {
  const missing: string[] = []
  for (const check of checks) {
    const failure = await failureOf(check.ask(api, grant))
    onEnd(check, failure)
    if (!failure) continue
    const isMissing = check.scope !== undefined && ![...silence, ...ended].includes(failure.failure)
    if (!isMissing) return { missing, failure }
    missing.push(check.scope ?? '')
  }
  return { missing, failure: null }
}

/** What is known to be granted: what the provider says, else what was not found to be missing by trying, which is noted. */
export function withGranted(identity: Identity, scopes: readonly Scope[], missing: readonly string[]): Identity {
  const told = identity.scopes
  const granted = [...(told ?? scopes.map(({ name }) => name))].filter((name) => !missing.includes(name))
  const capabilities = told ? identity.capabilities : { ...identity.capabilities, scopesTried: true }
  return { ...identity, scopes: granted, ...(capabilities ? { capabilities } : {}) }
}

async function failureOf(asked: Promise<unknown>): Promise<ProviderFailure | null> {
  try {
    await asked
    return null
  } catch (error) {
    if (error instanceof ProviderFailure) return error
    throw error
  }
}

const isThrottle = ({ failure }: ProviderFailure): boolean => failure === 'rate_limited'

const sentence = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The steps of a test, each told as it ends; what is never come to is skipped. */
function keepSteps({ provider, method, values, scopes, onStep }: Test) {
  const labels = [
    `Reached ${provider.name}`,
    `${sentence(method.noun)} accepted`,
    ...checksFor(method, scopes).map(({ label }) => label(values)),
  ]
  const steps: TestStep[] = []
  const end = (state: TestStep['state'], detail?: string) => {
    const label = labels[steps.length]
    if (label === undefined) return
    const step = { label, state, ...(detail ? { detail } : {}) }
    steps.push(step)
    onStep?.(step)
  }
  const skipRest = () => {
    while (steps.length < labels.length) end('skipped')
    return steps
  }
  return { end, skipRest }
}

/** How many steps the test of a secret has. */
export const stepsOf = ({ method, scopes }: Pick<Test, 'method' | 'scopes'>): number =>
  checksFor(method, scopes).length + 2

const toldOf = ({ failure, status }: ProviderFailure, { name }: Provider): string => {
  if (failure === 'rate_limited') return `${name} asked us to wait`
  return status !== null && status >= 400 ? `${name} returned ${status}` : `${name} didn't answer`
}

/** What it means that the provider would not say whose secret it is. */
function judgeUnknown(failure: ProviderFailure, { method }: Test, grant: Grant): Verdict {
  if (silence.includes(failure.failure)) return { is: 'silent', grant, proof: null, isThrottled: isThrottle(failure) }
  if (ended.includes(failure.failure)) return { is: 'refused', because: 'secret' }
  const [first] = method.checks // what its account cannot be told without is what is tried first
  if (failure.failure === 'scope' && first?.scope) return { is: 'closed', missing: [first.scope] }
  if (failure.failure === 'setup' && failure.detail)
    return { is: 'refused', because: 'permission', setup: failure.detail }
  return { is: 'refused', because: becauseOf(failure) }
}

const becauseOf = ({ failure }: ProviderFailure): RefusedBecause => {
  if (failure === 'plan') return 'plan'
  return failure === 'not_found' ? 'unknown' : 'permission'
}

type Steps = ReturnType<typeof keepSteps>

function tellUnknown(failure: ProviderFailure, verdict: Verdict, { provider, method }: Test, { end }: Steps): void {
  if (verdict.is !== 'silent') end('passed')
  const wasLetIn = verdict.is === 'closed' || (verdict.is === 'refused' && verdict.because !== 'secret')
  if (wasLetIn && method.checks.length > 0) end('passed') // and was then shown nothing
  if (verdict.is === 'silent') end('failed', toldOf(failure, provider))
  else end('failed', verdict.is === 'closed' ? `missing ${verdict.missing.join(', ')}` : undefined)
}

/**
 * Tries a secret on the endpoints the product uses, step by step: is the provider there, does it take the secret, and does
 * each check pass. Stores nothing, and no transaction is open. Ends with `signal`.
 */
export async function testSecret(test: Test): Promise<Tested> {
  const { provider, method, values, scopes, signal, endsAt } = test
  const steps = keepSteps(test)
  const made = method.grant(values)
  const bare: Grant = {
    ...made,
    ...(endsAt ? { expiresAt: endsAt } : {}),
    config: { ...clearConfig(method, values), ...made.config },
  }
  let identity: Identity
  try {
    identity = await provider.identify(openApi({ provider, grant: bare, config: bare.config }, { signal }), bare)
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    const verdict = judgeUnknown(error, test, bare)
    tellUnknown(error, verdict, test, steps)
    return { verdict, steps: steps.skipRest() }
  }
  const end = identity.expiresAt ?? bare.expiresAt
  const grant: Grant = { ...bare, config: { ...bare.config, ...identity.config }, ...(end ? { expiresAt: end } : {}) }
  steps.end('passed')
  steps.end('passed')
  const api = openApi({ provider, grant, config: grant.config }, { signal })
  const { missing, failure } = await runChecks(checksFor(method, scopes), { api, grant }, (check, failed) => {
    if (!failed) return steps.end('passed')
    const isSilent = silence.includes(failed.failure)
    steps.end('failed', isSilent ? toldOf(failed, provider) : check.scope && `missing ${check.scope}`)
  })
  const tested = withGranted(identity, scopes, missing)
  const lacking = compareScopes(
    scopes,
    scopes.map(({ name }) => name),
    tested.scopes ?? [],
  ).missing
  const proof = { grant, identity: tested }
  return { verdict: judgeChecks(failure, { proof, missing: lacking }), steps: steps.skipRest() }
}

function judgeChecks(
  failure: ProviderFailure | null,
  { proof, missing }: { proof: Proof; missing: string[] },
): Verdict {
  if (!failure) return { is: 'passed', proof, missing }
  if (silence.includes(failure.failure))
    return { is: 'silent', grant: proof.grant, proof, isThrottled: isThrottle(failure) }
  if (ended.includes(failure.failure)) return { is: 'refused', because: 'secret' }
  return { is: 'refused', because: becauseOf(failure) }
}
