import { Prisma } from '#lib/platform/db.ts'
import type { Binding } from '#lib/platform/seal.ts'
import type { SealedColumn } from '#lib/vault/reseal.ts'

type Owner = { id: string; organizationId: string }
type Sealed = 'verifier' | 'grant'

/** What a sealed value of an attempt is bound to: it opens nowhere else. */
export const attemptBinding = ({ organizationId, id }: Owner, column: Sealed): Binding => [
  'ConnectAttempt',
  organizationId,
  id,
  column,
]

const sealedIn = (column: Sealed, what: string): SealedColumn<Owner> => ({
  what,
  table: 'ConnectAttempt',
  column,
  key: ['id'],
  rows: Prisma.sql`SELECT a."organizationId", a.id, a.${Prisma.raw(`"${column}"`)} AS value FROM "ConnectAttempt" a`,
  binding: (attempt) => attemptBinding(attempt, column),
})

/** Where what attempts hold is, for a change of the key that seals it. */
export const sealedAttempts: readonly SealedColumn[] = [
  sealedIn('verifier', 'verifiers of sign-ins under way'),
  sealedIn('grant', 'grants that wait for a choice'),
]
