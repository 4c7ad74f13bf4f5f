import type { Scope } from '#lib/providers/define-auth.ts'

export type ScopeComparison = { missing: string[]; missingRequired: string[]; extra: string[] }

/**
 * Compares what was asked for with what was given. A scope counts as given under any name that implies it.
 * `missing` holds declared scopes only: one we no longer declare is nobody's loss. `extra` is given and not asked for.
 */
export function compareScopes(
  scopes: readonly Scope[],
  requested: readonly string[],
  granted: readonly string[],
): ScopeComparison {
  const given = new Set(granted)
  const asked = scopes.filter(({ name }) => requested.includes(name))
  const lacking = asked.filter(({ name, impliedBy = [] }) => ![name, ...impliedBy].some((one) => given.has(one)))
  const useful = new Set(asked.flatMap(({ name, impliedBy = [] }) => [name, ...impliedBy]))
  return {
    missing: lacking.map(({ name }) => name),
    missingRequired: lacking.filter(({ optional }) => !optional).map(({ name }) => name),
    extra: [...given].filter((name) => !useful.has(name)),
  }
}
