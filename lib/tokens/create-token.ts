import { record } from '#lib/audit/record.ts'
import { now } from '#lib/platform/clock.ts'
import { type Db, withOrg } from '#lib/platform/db.ts'
import { fieldProblem, Problem } from '#lib/platform/problem.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { findOrganization } from '#lib/tenancy/queries.ts'
import { makeValue } from './make-value.ts'
import { allowTokens, MOST_TOKENS, scopesFor } from './policy.ts'
import { type ApiTokenInput, type ApiTokenMade, daysAfter, LONGEST_DAYS, USUAL_DAYS } from './schema.ts'

const SLACK_MS = 25 * 60 * 60 * 1000 // the last day ends with its last second, on a clock that may be a little ahead of ours

/** Makes a token that acts as this person, limited to its scopes. The answer is the only place where its value is told. */
export async function createToken(actor: Actor, input: ApiTokenInput): Promise<ApiTokenMade> {
  const expiresAt = judgeExpiry(actor, input.expiresAt)
  const tooMuch = input.scopes.find((scope) => !scopesFor(actor).includes(scope))
  const { value, kept } = makeValue()
  return withOrg(actor, async (db) => {
    allowTokens(actor, (await findOrganization(db, actor)).whoMayMakeTokens)
    if (tooMuch) throw fieldProblem('scopes', `Scopes: your own role does not allow ${tooMuch}. Leave it out.`)
    await lockMaker(db, actor)
    const own = { createdById: actor.userId ?? '', revokedAt: null }
    if ((await db.apiToken.count({ where: own })) >= MOST_TOKENS)
      throw new Problem('conflict', `You have ${MOST_TOKENS} tokens. Revoke one that nobody needs, then make this one.`)
    const scopes = [...new Set(input.scopes)]
    const { id, name } = await db.apiToken.create({
      data: {
        organizationId: actor.organizationId,
        createdById: actor.userId ?? '', // a person: no token and no job comes here
        name: input.name,
        scopes,
        ...kept,
        issuedAt: now(),
        expiresAt,
      },
    })
    await record(
      db,
      actor,
      'token.created',
      { kind: 'api_token', id, name },
      {
        after: { scopes, expiresAt: expiresAt?.toISOString() ?? null },
      },
    )
    return { id, value }
  })
}

/** Of two tokens that one person makes at once, the second is counted after the first; nobody makes one who is gone meanwhile. */
async function lockMaker(db: Db, { organizationId, userId }: Actor): Promise<void> {
  const [maker] = await db.$queryRaw<{ leftAt: Date | null }[]>`
    SELECT "leftAt" FROM "Membership" WHERE "organizationId" = ${organizationId}::uuid AND "userId" = ${userId}::uuid FOR NO KEY UPDATE`
  if (!maker || maker.leftAt) throw new Problem('not-found')
}

function judgeExpiry(actor: Actor, wanted: string | null | undefined): Date | null {
  if (wanted === undefined) return daysAfter(now().getTime(), USUAL_DAYS)
  if (wanted === null) {
    if (actor.role === 'owner') return null
    throw new Problem(
      'forbidden',
      'Only owners can make a token that does not expire. Choose an expiry, or ask one of them.',
    )
  }
  const at = new Date(wanted)
  if (at <= now()) throw fieldProblem('expiresAt', 'Expiry is over already. Choose a later day.')
  if (at.getTime() > daysAfter(now().getTime(), LONGEST_DAYS).getTime() + SLACK_MS)
    throw fieldProblem('expiresAt', `Expiry is more than ${LONGEST_DAYS} days away. Choose an earlier day.`)
  return at
}
