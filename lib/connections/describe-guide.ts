import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Scope } from '#lib/providers/define-auth.ts'
import type { ScopeView } from './schema.ts'

/** `when`: in words, where it is not asked for always. */
export type GuideScope = ScopeView & { when?: string }
/** One way to connect, as the setup guide tells it. */
export type GuideWay = { type: string; scopes: GuideScope[]; steps: string[]; makeAt?: string; makeLabel?: string }
/** What the setup guide says besides what the provider's view has; `more` is a section of the provider's own. */
export type GuideView = { ways: GuideWay[]; more?: { title: string; lines: string[] } }

/** Whose move each step of a way is, in the words that stand on the controls. */
function stepsOf(method: AuthMethod, { name, guide, auth }: Provider): string[] {
  if (method.type === 'verified')
    return [`Choose Verify Access below. Nothing opens: Plugboard asks ${name} itself.`, ...method.setUp.steps]
  if ('fields' in method)
    return [
      `Open the page where ${name} makes it, with the link below.`,
      ...(auth.some(({ type }) => type === 'oauth2') ? [] : (guide?.connect ?? [])), // of a consent, where there is one
      `${method.scopes.length > 0 ? 'Give it the permissions listed above, and no more. ' : ''}Keep the original in your team’s vault.`,
      `Copy the ${method.noun}, choose the button below and paste it.`,
      `Choose Test and save. Plugboard asks ${name} step by step what it may do, and keeps it only then.`,
    ]
  return [
    `Choose the button below. ${name} opens in a new tab; this page stays.`,
    ...(guide?.connect ?? [`Sign in at ${name} if it asks you to, look at what it lists, and allow it.`]),
    'Come back here. The status turns to Connected by itself.',
  ]
}

/** When a permission is asked for that is not always, and by which token. */
function whenOf({ option, second, optional }: Scope, labels: ReadonlyMap<string, string>): string | undefined {
  const parts = [
    option ? `Only while “${labels.get(option) ?? option}” is on` : optional ? 'Optional' : null,
    second ? 'for a token of the person who connects' : null,
  ].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(', ') : undefined
}

function scopesOf(method: AuthMethod, { options = [] }: Provider): GuideScope[] {
  if (!('scopes' in method)) return []
  const fields = 'fields' in method ? method.fields : []
  const labels = new Map([
    ...options.map(({ id, label }) => [id, label] as const), // as const: a pair
    ...fields.map(({ name, label }) => [name, label] as const), // as const: a pair
  ])
  return method.scopes.map((scope) => {
    const when = whenOf(scope, labels)
    const { name, why, optional = false, risk } = scope
    return { name, why, optional, ...(risk ? { risk } : {}), ...(when ? { when } : {}) }
  })
}

const describeWay = (method: AuthMethod, provider: Provider): GuideWay => ({
  type: method.type,
  scopes: scopesOf(method, provider),
  steps: stepsOf(method, provider),
  ...('makeAt' in method ? { makeAt: method.makeAt, makeLabel: method.makeLabel } : {}),
})

/** Access that is verified in native mode is told of there alone, and instead of the rest. */
function waysOf(auth: Provider['auth'], isNative: boolean): readonly AuthMethod[] {
  const verified = auth.filter(({ type }) => type === 'verified')
  return isNative && verified.length > 0 ? verified : auth.filter((method) => !verified.includes(method))
}

/** What a provider's setup guide says, drawn from its definition. */
export function describeGuide(provider: Provider, isNative: boolean): GuideView {
  const { auth, guide } = provider
  return {
    ways: waysOf(auth, isNative).map((method) => describeWay(method, provider)),
    ...(guide?.more ? { more: { title: guide.more.title, lines: [...guide.more.lines] } } : {}),
  }
}
