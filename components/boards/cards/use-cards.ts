'use client'
import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { readCard, readCards } from '#lib/boards/client.ts'
import type { CardView } from '#lib/boards/schema.ts'
import { showsContent } from '#lib/boards/status.ts'
import { allResourcesOf } from '#lib/resources/client.ts'
import { cardLoader } from './load-cards.ts'
import { needsOwnAccount } from './sight.ts'

const FRESH_MS = 60_000
const LOCKED_ASKED_EVERY_MS = 15_000
const AT_ONCE = 4

export type Cards = {
  /** The query of one card, of this viewer. */
  queryOf: (objectId: string) => ReturnType<typeof cardQuery>
  /** Every card's last known view. */
  views: ReadonlyMap<string, CardView>
  /** Asks the sources again, also for what is fresh. */
  refresh: (objectIds: readonly string[]) => Promise<void>
  /** Asks our server again for cards that show nothing: their source may have been connected. */
  retryLocked: () => Promise<void>
  /** Forgets what was seen of these providers' things and asks again: an admin changed what may be seen. */
  judgeAgain: (providers: ReadonlySet<string>) => void
  /** Forgets what was seen. */
  wipe: () => void
}

type Of = { viewer: string; org: string; board: string }

const keyOf = ({ viewer, org, board }: Of) => ['card', viewer, org, board] as const

/** How long a card waits until it is asked for again by itself, in milliseconds: locked ones, and those told until when. */
function askedAgainAfter({ state, retryAt }: CardView): number | false {
  if (needsOwnAccount(state)) return LOCKED_ASKED_EVERY_MS
  return state === 'limited' && retryAt ? Math.max(Date.parse(retryAt) - Date.now(), LOCKED_ASKED_EVERY_MS) : false
}

/** Kept in memory only, under the viewer's id, for as long as the page lives: nothing is left on this machine. */
const cardQuery = (of: Of, objectId: string, load: (id: string) => Promise<CardView>) =>
  queryOptions({
    queryKey: [...keyOf(of), objectId] as const,
    queryFn: () => load(objectId),
    staleTime: ({ state }) => (state.data && showsContent(state.data.state) ? FRESH_MS : 0),
    refetchInterval: ({ state }) => (state.data ? askedAgainAfter(state.data) : false),
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
    gcTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
    retry: false,
  })

const dataOf = (results: { data: CardView | undefined }[]) => results.map(({ data }) => data)

async function inTurn<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const rest = [...all]
  const next = async (): Promise<void> => {
    const one = rest.shift()
    if (one === undefined) return
    await work(one)
    return next()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** The cards of a board for one viewer: read by each card itself once it is seen, known here together. */
export function useCards({ viewer, org, board }: Of, references: readonly string[]): Cards {
  const client = useQueryClient()
  const load = useMemo(() => cardLoader((ids) => readCards(org, board, ids)), [org, board])
  const queryOf = useCallback(
    (objectId: string) => cardQuery({ viewer, org, board }, objectId, load),
    [viewer, org, board, load],
  )
  const known = useQueries({
    queries: references.map((id) => ({ ...queryOf(id), enabled: false })),
    combine: dataOf,
  })
  const views = useMemo(() => new Map(known.flatMap((card) => (card ? [[card.objectId, card] as const] : []))), [known])
  const refresh = (objectIds: readonly string[]) =>
    inTurn(objectIds, (id) =>
      client
        .fetchQuery({ ...queryOf(id), queryFn: () => readCard(org, board, id, true), staleTime: 0 })
        .catch(() => {}),
    )
  const queryKey = keyOf({ viewer, org, board })
  const isLocked = (data: unknown) => !(data && showsContent((data as CardView).state)) // only cards stand under this key
  return {
    queryOf,
    views,
    refresh,
    retryLocked: () => client.invalidateQueries({ queryKey, predicate: ({ state }) => isLocked(state.data) }),
    judgeAgain: (providers) => {
      client.removeQueries({ queryKey: allResourcesOf(org), type: 'inactive' })
      for (const query of client.getQueryCache().findAll({ queryKey })) {
        const card = query.state.data as CardView | undefined // the same
        if (card && !providers.has(card.provider)) continue
        query.reset()
        void client.refetchQueries({ queryKey: query.queryKey, exact: true, type: 'active' })
      }
    },
    wipe: () => {
      for (const query of client.getQueryCache().findAll({ queryKey })) query.reset()
    },
  }
}
