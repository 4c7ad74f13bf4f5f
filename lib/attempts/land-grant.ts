import { endUnkept, sealUndecided, type Undecided } from '#lib/connections/held-proof.ts'
import { listSites, type Proof, proveGrant, type Unproven } from '#lib/connections/prove-grant.ts'
import { type Prisma, withOrg } from '#lib/platform/db.ts'
import type { Site } from '#lib/providers/define.ts'
import type { Grant } from '#lib/providers/define-auth.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { knownProvider } from '#lib/vault/reach.ts'
import { hold } from './hold-grant.ts'
import { keepProof, type Unkept } from './keep-proof.ts'
import { keepRefreshToken } from './keep-refresh-token.ts'
import type { Attempt } from './recognize-arrival.ts'

/** The account that stands in the slot; one that was disconnected no longer counts. */
async function findStanding(actor: Actor, attempt: Attempt) {
  const slotKey = attempt.slot === 'user' ? attempt.userId : 'organization'
  return withOrg(actor, (db) =>
    db.connection.findFirst({ where: { provider: attempt.provider, slotKey, status: { not: 'disconnected' } } }),
  )
}
type Standing = Awaited<ReturnType<typeof findStanding>>
type Row = NonNullable<Standing>

type Question = {
  status: 'choosing' | 'mismatch'
  choices: { id: string; label: string; url?: string }[]
  detail?: Prisma.InputJsonObject
  /** The connection that is asked about. */
  connectionId?: string
}

/** The grant waits, sealed, for the person to decide; nothing that stands has changed. */
async function askPerson(actor: Actor, attempt: Attempt, held: Undecided, { detail, ...question }: Question) {
  const grant = await sealUndecided(attempt, held)
  const { count } = await withOrg(actor, (db) =>
    db.connectAttempt.updateMany({
      where: { id: attempt.id, status: 'returned' },
      data: { ...question, grant, verifier: null, ...(detail ? { problemDetail: detail } : {}) },
    }),
  )
  if (count === 0) await endUnkept(attempt, held)
  return null
}

/** What an account is called beside another: with its person's name, where both are at the same place. */
const nameBeside = (label: string, other: string, person: unknown): string =>
  label === other && typeof person === 'string' ? `${person} (${label})` : label

/** Another account than the one that was connected: which is it to be? */
function askWhich(actor: Actor, attempt: Attempt, proof: Proof, standing: Row): Promise<null> {
  const { identity } = proof
  const { person } = (standing.capabilities ?? {}) as { person?: unknown } // written by settle
  const label = nameBeside(identity.label, standing.accountLabel, identity.person)
  const previous = nameBeside(standing.accountLabel, identity.label, person)
  return askPerson(actor, attempt, proof, {
    status: 'mismatch',
    connectionId: standing.id,
    choices: [
      { id: 'keep', label: `Keep ${previous}` },
      { id: 'switch', label: `Switch to ${label}` },
    ],
    detail: { accountLabel: label, previousLabel: previous },
  })
}

const offer = ({ id, label, url }: Site) => ({ id, label, ...(url ? { url } : {}) })

/** The one site there is, or the one that stands in the slot; null where that has to be asked. */
function settledSite(sites: readonly Site[], standing: Standing): Site | null {
  const { siteId } = (standing?.config ?? {}) as { siteId?: unknown } // written by settle
  const [only, second] = sites
  return (second ? sites.find(({ id }) => id === siteId) : only) ?? null
}

/**
 * Keeps a grant for one site, or asks whose account it is to be where another stands. Answers why it was not kept: what did not
 * prove itself ends with its attempt.
 */
export async function landAt(
  actor: Actor,
  attempt: Attempt,
  grant: Grant,
  site: Site | null,
): Promise<Unproven | Unkept | null> {
  const proven = await proveGrant(attempt, grant, site)
  if ('kind' in proven) return proven
  await hold(actor, attempt, proven) // whoever ends it from here on knows whose account it is
  const proof = await keepRefreshToken(actor, attempt, proven)
  if ('kind' in proof) return proof
  const standing = await findStanding(actor, attempt)
  if (standing && standing.accountId !== proof.identity.id) return askWhich(actor, attempt, proof, standing)
  return keepProof(actor, attempt, proof)
}

/** Goes on with a grant that was just given: asks which site it is to be for where it opens several, and keeps it. */
export async function landGrant(actor: Actor, attempt: Attempt, grant: Grant): Promise<Unproven | Unkept | null> {
  const sites = await listSites(knownProvider(attempt.provider), grant)
  if (sites === null) return landAt(actor, attempt, grant, null)
  if ('kind' in sites) return sites
  if (sites.length === 0) return { kind: 'no_site' }
  const site = settledSite(sites, await findStanding(actor, attempt))
  if (site) return landAt(actor, attempt, grant, site)
  return askPerson(actor, attempt, { grant, sites }, { status: 'choosing', choices: sites.map(offer) })
}
