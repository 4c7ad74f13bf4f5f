import type { Prisma } from '#lib/platform/db.ts'
import type { Scope } from '#lib/providers/define-auth.ts'

/** What is kept of required permissions that were not given: their names and, where the provider has words for it, what that means. */
export function missingDetail(scopes: readonly Scope[], missing: readonly string[]): Prisma.InputJsonObject {
  const says = scopes.flatMap(({ name, limits }) => (limits && missing.includes(name) ? [limits] : []))
  const isSaid = says.length > 0 && says.length === missing.length
  return { missing: [...missing], ...(isSaid ? { says: says.join(' ').replace(/\.$/, '') } : {}) } // a reason line has no full stop
}
