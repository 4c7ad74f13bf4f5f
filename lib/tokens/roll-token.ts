import { record } from '#lib/audit/record.ts'
import { inFuture, now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findOrganization } from '#lib/tenancy/queries.ts'
import { makeValue } from './make-value.ts'
import { allowTokens } from './policy.ts'
import { findToken } from './queries.ts'
import { type ApiTokenMade, type ApiTokenRoll, daysAfter, USUAL_DAYS } from './schema.ts'

const hourMs = 60 * 60 * 1000

type Row = Awaited<ReturnType<typeof findToken>>

/**
 * Gives a token another value, which lives as long from now as the one before was to live; that one works on for the
 * overlap, but never past its own end. Only whom it acts as may: whoever holds the value acts as them.
 */
export async function rollToken(actor: Actor, tokenId: string, { overlapHours }: ApiTokenRoll): Promise<ApiTokenMade> {
  const { value, kept } = makeValue()
  return withOrg(actor, async (db) => {
    const token = await findToken(db, actor, tokenId)
    if (token.createdById !== actor.userId)
      throw new Problem('forbidden', `Only ${token.creator.user.name}, whom it acts as, can roll this token. Ask them.`)
    allowTokens(actor, (await findOrganization(db, actor)).whoMayMakeTokens)
    const expiresAt = nextEnd(actor, token)
    const { count } = await db.apiToken.updateMany({
      where: { id: token.id, revokedAt: null, tokenHash: token.tokenHash },
      data: {
        ...kept,
        issuedAt: now(),
        expiresAt,
        previousHash: token.tokenHash,
        previousUntil: overlapEnd(token, overlapHours),
      },
    })
    if (count === 0) {
      await findToken(db, actor, tokenId) // one that was revoked meanwhile is not there
      throw new Problem('conflict', 'Somebody rolled it at the same moment. Reload the page.')
    }
    await record(
      db,
      actor,
      'token.rolled',
      { kind: 'api_token', id: token.id, name: token.name },
      { after: { overlapHours, expiresAt: expiresAt?.toISOString() ?? null } },
    )
    return { id: token.id, value }
  })
}

/** What was made without an end by an owner who is none any more gets one. */
function nextEnd(actor: Actor, { expiresAt, issuedAt }: Row): Date | null {
  if (expiresAt) return inFuture(expiresAt.getTime() - issuedAt.getTime())
  return actor.role === 'owner' ? null : daysAfter(now().getTime(), USUAL_DAYS)
}

function overlapEnd({ expiresAt }: Row, hours: number): Date {
  const end = inFuture(hours * hourMs)
  return expiresAt && expiresAt < end ? expiresAt : end
}
