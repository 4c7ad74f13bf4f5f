import { type Serving, servingConnections } from '#lib/connections/queries.ts'
import { now } from '#lib/platform/clock.ts'
import { withOrg } from '#lib/platform/db.ts'
import { Problem } from '#lib/platform/problem.ts'
import { findRemedy } from '#lib/providers/find-remedy.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { seenBy } from '#lib/resources/describe-resource.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import { type Standing, standingOf, type Trouble } from '#lib/resources/status.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { may } from '#lib/tenancy/policy.ts'
import { type Copy, findCopies, keepCopies, openCopy, wasSeen } from './keep-copies.ts'
import { allowSeeing } from './policy.ts'
import { type Outcome, type Outcomes, readReferences } from './read-references.ts'
import type { CardView } from './schema.ts'
import { type CardFacts, cardState, explainCard, FRESH_MS, losesCopy, showsContent } from './status.ts'
import { knownOff, withhold } from './withhold.ts'

/** How long a source may take before its cards say that it didn't answer. */
const PATIENCE_MS = 8_000

export type Asking = { objectIds?: readonly string[]; refresh?: boolean; patienceMs?: number }

type Viewer = Actor & { userId: string }
type Spot = { objectId: string; referenceId: string; provider: string; kind: string; externalId: string }
type Board = { spots: Spot[]; copies: Map<string, Copy> }

async function findSpots(actor: Viewer, boardId: string, objectIds?: readonly string[]): Promise<Board> {
  return withOrg(actor, async (db) => {
    if ((await db.board.count({ where: { id: boardId } })) === 0) throw new Problem('not-found')
    const objects = await db.boardObject.findMany({
      where: { boardId, type: 'reference', ...(objectIds ? { id: { in: [...objectIds] } } : {}) },
      select: { id: true, reference: { select: { id: true, provider: true, kind: true, externalId: true } } },
      orderBy: { position: 'asc' },
    })
    const spots = objects.flatMap(({ id, reference }) =>
      reference ? [{ ...reference, objectId: id, referenceId: reference.id }] : [],
    )
    const copies = await findCopies(
      db,
      actor.userId,
      spots.map(({ referenceId }) => referenceId),
    )
    return { spots, copies }
  })
}

/** One provider's part of a board, for one viewer. */
type Part = {
  actor: Viewer
  providerId: string
  isPersonal: boolean
  standing: Standing
  serving: Serving | undefined
  copies: Map<string, Copy>
}

/** What is left of a viewer's copy counts only while they read through the connection it came by. */
const ownTrace = ({ copies, serving }: Part, referenceId: string): Copy | undefined => {
  const copy = copies.get(referenceId)
  return copy?.connectionId === serving?.id ? copy : undefined
}

const ownCopy = (part: Part, referenceId: string): Copy | undefined => {
  const copy = ownTrace(part, referenceId)
  return copy && copy.sealed !== null ? copy : undefined
}

async function fresh(part: Part, referenceIds: readonly string[]): Promise<Map<string, Outcome>> {
  const young = referenceIds.flatMap((id) => {
    const copy = ownCopy(part, id)
    return copy && now().getTime() - copy.fetchedAt.getTime() <= FRESH_MS ? [copy] : []
  })
  const opened = await Promise.all(
    young.map(async (copy) => {
      const resource = await openCopy(part.actor, copy)
      return resource
        ? [
            [
              copy.referenceId,
              { what: 'read', resource, at: copy.fetchedAt, accountId: copy.accountId } as const,
            ] as const,
          ]
        : []
    }),
  )
  return new Map<string, Outcome>(opened.flat())
}

async function factsOf(part: Part, referenceId: string, outcome: Outcome | undefined): Promise<CardFacts> {
  const trace = outcome?.what === 'missing' ? ownTrace(part, referenceId) : undefined
  return {
    standing: part.standing,
    outcome: outcome?.what ?? 'not_shared',
    hasCopy: ownCopy(part, referenceId) !== undefined,
    hasSeen: trace !== undefined && (await wasSeen(part.actor, trace)),
    isPersonal: part.isPersonal,
  }
}

async function keep(part: Part, outcomes: Outcomes): Promise<void> {
  if (!part.serving) return
  const all = [...outcomes]
  const seen = all.flatMap(([referenceId, outcome]) => (outcome.what === 'read' ? [{ referenceId, ...outcome }] : []))
  const judged = all.map(async ([id, outcome]) => (losesCopy(cardState(await factsOf(part, id, outcome))) ? [id] : []))
  const lost = (await Promise.all(judged)).flat()
  await keepCopies(part.actor, part.serving.id, { seen, lost })
}

/** What is known of a part's references: from fresh copies, and for the rest from asking. */
async function learn(part: Part, spots: readonly Spot[], asking: Asking, patience: AbortSignal): Promise<Outcomes> {
  const { serving, standing } = part
  if (standing !== 'ready' || !serving) return new Map()
  const wanted = [...new Map(spots.map((spot) => [spot.referenceId, spot])).values()]
  const young = asking.refresh ? new Map<string, Outcome>() : await fresh(part, [...new Set(wanted.map(idOf))])
  const sharing = { actor: part.actor, serving, lastSight: (id: string) => lastSight(part, id) }
  const known = new Map([
    ...young,
    ...(await knownOff(
      sharing,
      wanted.filter(({ referenceId }) => !young.has(referenceId)),
    )),
  ])
  const rest = wanted.filter((spot) => !known.has(spot.referenceId))
  let judged: Outcomes | undefined
  const whenDone = async (outcomes: Outcomes) => {
    judged = await withhold(sharing, new Map([...known, ...outcomes]))
    await keep(part, new Map([...judged].filter(([id, outcome]) => young.get(id) !== outcome)))
  }
  if (rest.length === 0) await whenDone(new Map())
  const asked = rest.length === 0 ? known : await readReferences(part.actor, serving, rest, { patience, whenDone })
  return judged ?? withhold(sharing, new Map([...known, ...asked]))
}

const idOf = ({ referenceId }: Spot): string => referenceId

type Shown = { resource: ResourceView; at: Date } | null

async function lastSight(part: Part, referenceId: string): Promise<ResourceView | null> {
  const copy = ownCopy(part, referenceId)
  return copy ? openCopy(part.actor, copy) : null
}

/** What a card may show: what was just read, else this viewer's own copy. */
async function contentOf(part: Part, spot: Spot, outcome: Outcome | undefined): Promise<Shown> {
  if (outcome?.what === 'read') return outcome
  const copy = ownCopy(part, spot.referenceId)
  const resource = await lastSight(part, spot.referenceId)
  return copy && resource ? { resource, at: copy.fetchedAt } : null
}

async function draw(part: Part, spot: Spot, outcome: Outcome | undefined): Promise<CardView> {
  const { actor, isPersonal } = part
  const provider = findProvider(part.providerId)
  const facts = await factsOf(part, spot.referenceId, outcome)
  const content = showsContent(cardState(facts)) ? await contentOf(part, spot, outcome) : null
  const state = cardState({ ...facts, hasCopy: content !== null })
  const trouble: Pick<Trouble, 'retryAt' | 'status' | 'detail'> =
    outcome && 'retryAt' in outcome ? outcome : { retryAt: null, status: null }
  const said = explainCard(state, {
    name: provider?.name ?? 'This source',
    kindName: provider?.readers.find(({ kind }) => kind === spot.kind)?.name.toLowerCase() ?? 'card',
    isPersonal,
    isDisabled: part.serving?.status === 'disabled',
    mayConnect: may(actor, 'account.connect'),
    mayManage: may(actor, 'connection.manage'),
    mayShare: provider?.sharing !== undefined && may(actor, 'resources.share'),
    retryAt: trouble.retryAt,
    status: trouble.status,
    remedy: findRemedy(provider, trouble.detail),
  })
  return {
    objectId: spot.objectId,
    provider: spot.provider,
    kind: spot.kind,
    state,
    ...(content ? { resource: seenBy(actor, content.resource), asOf: content.at.toISOString() } : {}),
    ...(state === 'limited' && trouble.retryAt ? { retryAt: trouble.retryAt.toISOString() } : {}),
    ...said,
  }
}

const isViewer = (actor: Actor): actor is Viewer => actor.userId !== null

/**
 * The references of a board as this viewer sees them, each through the viewer's own way to its provider. All providers are
 * asked at once; one that takes longer than `patienceMs` costs its own cards only. Without a readable state a card carries
 * nothing of the thing. Throws `not-found` for a board, or a single object, that is not there for the viewer.
 */
export async function readCards(actor: Actor, boardId: string, asking: Asking = {}): Promise<CardView[]> {
  allowSeeing(actor)
  if (!isViewer(actor)) throw new Problem('not-found')
  const { spots, copies } = await findSpots(actor, boardId, asking.objectIds)
  const serving = spots.length > 0 ? await servingConnections(actor) : new Map<string, Serving>()
  const patience = AbortSignal.timeout(asking.patienceMs ?? PATIENCE_MS)
  const parts = [...Map.groupBy(spots, ({ provider }) => provider)].map(async ([providerId, own]) => {
    const isPersonal = findProvider(providerId)?.slots.includes('user') ?? false
    const through = serving.get(providerId)
    const standing = standingOf(through?.status ?? null, isPersonal)
    const part = { actor, providerId, isPersonal, standing, serving: through, copies }
    const outcomes = await learn(part, own, asking, patience)
    return Promise.all(own.map((spot) => draw(part, spot, outcomes.get(spot.referenceId))))
  })
  const cards = new Map((await Promise.all(parts)).flat().map((card) => [card.objectId, card]))
  return spots.flatMap(({ objectId }) => cards.get(objectId) ?? [])
}

/** One card; `refresh` asks the provider even if the viewer's copy is fresh. */
export async function readCard(actor: Actor, boardId: string, objectId: string, refresh: boolean): Promise<CardView> {
  const [card] = await readCards(actor, boardId, { objectIds: [objectId], refresh })
  if (!card) throw new Problem('not-found')
  return card
}
