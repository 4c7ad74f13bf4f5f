import { sealedCopies } from '#lib/boards/keep-copies.ts'
import { sealedAttempts } from '#lib/connections/seal-attempt.ts'
import { sealedGrants } from '#lib/vault/grant.ts'
import type { SealedColumn } from '#lib/vault/reseal.ts'

/** Everything that is kept sealed, of every room: what a change of the key goes through. */
export const sealedColumns: readonly SealedColumn[] = [sealedGrants, ...sealedAttempts, sealedCopies]
