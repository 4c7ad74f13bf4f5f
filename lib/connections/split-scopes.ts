import type { Provider } from '#lib/providers/define.ts'
import { oauthMethod, sharersOf } from '#lib/vault/reach.ts'

const declaredBy = (provider: Provider): string[] =>
  (oauthMethod(provider)?.scopes ?? []).flatMap(({ name, impliedBy = [] }) => [name, ...impliedBy])

/** What of a grant's permissions concerns a provider: all but those that only others behind the same client declare. */
export function splitScopes(provider: Provider, names: readonly string[]): string[] {
  const own = declaredBy(provider)
  const others = sharersOf(provider).flatMap(declaredBy)
  return names.filter((name) => own.includes(name) || !others.includes(name))
}
