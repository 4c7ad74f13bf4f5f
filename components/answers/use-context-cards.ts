'use client'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useOpenBoard } from '#components/boards/board-context.ts'
import { titleOf } from '#components/boards/cards/body.ts'
import { MOST_CARDS } from '#lib/answers/schema.ts'
import type { CardView } from '#lib/boards/schema.ts'

export type ContextCard = { id: string; title: string; isTicked: boolean }
export type ContextCards = {
  /** Those that can be used: what this person can see, without the providers that are kept out. */
  cards: readonly ContextCard[]
  /** How many will be used. */
  used: number
  total: number
  isCut: boolean
  isBusy: boolean
  tick: (id: string, isTicked: boolean) => void
  /** What to send: nothing while all are ticked. */
  chosen: string[] | undefined
}

const isReadable = (card: CardView | undefined): card is CardView & { resource: object } =>
  card !== undefined && (card.state === 'live' || card.state === 'stale') && card.resource !== undefined

/** The cards an answer would be made from, and which of them this person leaves out. All of the board's are read for it. */
export function useContextCards(excluded: readonly string[]): ContextCards {
  const { board, cards, isEnded } = useOpenBoard()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const references = board.objects.flatMap((object) => (object.type === 'reference' ? [object.id] : []))
  const read = useQueries({ queries: references.map((id) => ({ ...cards.queryOf(id), enabled: !isEnded })) })
  const usable = read
    .map(({ data }) => data)
    .filter(isReadable)
    .filter(({ provider }) => !excluded.includes(provider))
    .flatMap(({ objectId, resource }) =>
      resource ? [{ id: objectId, title: titleOf(resource), isTicked: !left.has(objectId) }] : [],
    )
  const ticked = usable.filter(({ isTicked }) => isTicked).length
  return {
    cards: usable,
    used: Math.min(ticked, MOST_CARDS),
    total: references.length,
    isCut: ticked > MOST_CARDS,
    isBusy: read.some(({ isPending }) => isPending),
    tick: (id, isTicked) => setLeft((old) => new Set(isTicked ? [...old].filter((one) => one !== id) : [...old, id])),
    chosen: left.size > 0 ? references.filter((id) => !left.has(id)) : undefined,
  }
}
