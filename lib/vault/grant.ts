import { Prisma } from '#lib/platform/db.ts'
import { seal, unseal } from '#lib/platform/seal.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { SealedColumn } from './reseal.ts'

type Row = { organizationId: string; id: string; version: number }

const binding = (row: Row) => ['Credential', row.organizationId, row.id, 'sealed', row.version]

/** Where the grants are, for a change of the key that seals them. */
export const sealedGrants: SealedColumn<Row> = {
  what: 'credentials',
  table: 'Credential',
  column: 'sealed',
  key: ['id'],
  rows: Prisma.sql`SELECT t."organizationId", t.id, t.version, t.sealed AS value FROM "Credential" t`,
  binding,
}

/** Seals a grant for exactly one row and version; elsewhere it does not open. */
export const sealGrant = (grant: Grant, row: Row): Promise<string> => seal(JSON.stringify(grant), binding(row))

/** Opens a grant; null when the key is missing or the ciphertext is not this row's. */
export async function openGrant(sealed: string, row: Row): Promise<Grant | null> {
  const text = await unseal(sealed, binding(row))
  return text === null ? null : reviveGrant(JSON.parse(text))
}

/** A grant as it was before it became JSON. */
export function reviveGrant(stored: object): Grant {
  const { expiresAt, refreshExpiresAt, second, ...rest } = stored as Grant // sealed by us, so of this shape
  return {
    ...rest,
    ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}),
    ...(refreshExpiresAt ? { refreshExpiresAt: new Date(refreshExpiresAt) } : {}),
    ...(second ? { second: reviveGrant(second) } : {}),
  }
}
