import type { Provider } from '#lib/providers/define.ts'
import type { Scope } from '#lib/providers/define-auth.ts'
import { oauthMethod } from '#lib/vault/reach.ts'
import { describeScopes } from './describe.ts'
import { optionsOf } from './policy.ts'
import type { OptionView } from './schema.ts'

const scopesOf = (provider: Provider): readonly Scope[] => oauthMethod(provider)?.scopes ?? []

/** What an admin may switch on at a provider, whether it is on, and what each additionally asks for. */
export function describeOptions(provider: Provider, connector: { options: unknown } | null): OptionView[] {
  const on = optionsOf(connector)
  return (provider.options ?? []).map(({ id, label, hint }) => ({
    id,
    label,
    hint,
    on: on.has(id),
    scopes: describeScopes(scopesOf(provider).filter(({ option }) => option === id)),
  }))
}
