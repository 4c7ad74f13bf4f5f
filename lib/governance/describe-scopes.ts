import type { ConnectionView, ProviderView } from '#lib/connections/schema.ts'
import { compareScopes } from '#lib/oauth/scopes.ts'
import { entryOf } from '#lib/platform/entry-of.ts'
import type { Provider } from '#lib/providers/define.ts'
import type { AuthMethod, Scope } from '#lib/providers/define-auth.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { methodOf } from '#lib/vault/reach.ts'
import type { ConnectionScopes, ScopeState } from './schema.ts'

/** What a connection's method may ask for; those of an option that is off count only where they were asked for. */
const declaredIn = (method: AuthMethod | null): readonly Scope[] => (method && 'scopes' in method ? method.scopes : [])

type Facts = {
  requested: readonly string[]
  granted: readonly string[]
  missing: readonly string[]
  known: ConnectionScopes['known']
}

function describeNeeded(scope: Scope, { requested, missing, known }: Facts): ScopeState {
  const { name, why, optional, writes, risk, limits } = scope
  const isMissing = missing.includes(name)
  return {
    name,
    state: isMissing ? 'missing' : known === 'untold' ? 'untold' : 'needed',
    why,
    requested: requested.includes(name),
    granted: known === 'untold' ? null : !isMissing,
    optional: optional === true,
    access: writes ? 'write' : 'read',
    risk: risk ?? null,
    limits: limits ?? null,
  }
}

/** One that was given and that nobody here needs. What a pasted secret of its kind would allow is known by name. */
const describeExtra = (name: string, broad: Readonly<Record<string, string>>): ScopeState => ({
  name,
  state: 'extra',
  why: null,
  requested: false,
  granted: true,
  optional: false,
  access: null,
  risk: entryOf(broad, name) ?? null,
  limits: null,
})

/** How to be rid of what nobody needs: a narrower secret, or a consent that begins anew. */
function howToNarrow({ name, leave }: Provider, method: AuthMethod): NonNullable<ConnectionScopes['narrow']> {
  if ('fields' in method)
    return {
      text: `Make a ${method.noun} with only the permissions that are needed, replace this one with it, then delete this one at ${name}.`,
      url: method.makeAt,
      label: method.makeLabel,
    }
  return {
    text: `${name} goes on giving what was once allowed. Remove Plugboard there, then connect again: it asks for what is needed only.`,
    url: leave.by,
    label: `Open ${name}'s settings`,
  }
}

function describeConnection({ name, id }: ProviderView, connection: ConnectionView): ConnectionScopes[] {
  const provider = findProvider(id)
  const method = provider && methodOf(provider, connection.method)
  if (!provider || !method) return []
  const { requested, granted, missing } = connection.scopes
  const { scopesUntold, scopesTried } = connection.capabilities // noted as they were kept
  const known = scopesUntold === true ? 'untold' : scopesTried === true ? 'tried' : 'told'
  const asked = declaredIn(method).filter((scope) => requested.includes(scope.name) || missing.includes(scope.name))
  const facts: Facts = { requested, granted, missing, known }
  const { extra } = compareScopes(
    asked,
    asked.map((scope) => scope.name),
    granted,
  )
  const broad = 'fields' in method ? (method.broad ?? {}) : {}
  return [
    {
      connection: connection.id,
      provider: id,
      name,
      slot: connection.slot,
      account: connection.account.label,
      known,
      scopes: [...asked.map((scope) => describeNeeded(scope, facts)), ...extra.map((one) => describeExtra(one, broad))],
      narrow: extra.length > 0 ? howToNarrow(provider, method) : null,
    },
  ]
}

/** What each connection of a provider was asked for and given, as far as the reader may see it. */
export const describeScopes = (provider: ProviderView): ConnectionScopes[] =>
  provider.slots.flatMap(({ connection, status }) =>
    connection && status !== 'disconnected' ? describeConnection(provider, connection) : [],
  )
