'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { onLanded } from '#components/connections/attempt-channel.ts'
import type { Place } from '#components/connections/place.ts'
import type { BoardView } from '#lib/boards/schema.ts'
import { providersOf } from '#lib/connections/client.ts'
import type { ProviderList } from '#lib/connections/schema.ts'
import { ask } from '#lib/platform/client.ts'
import type { PersonView } from '#lib/tenancy/schema.ts'
import type { OpenBoard } from './board-context.ts'
import { type Cards, useCards } from './cards/use-cards.ts'
import { type Source, sourcesOf } from './sources.ts'
import { useAdding } from './use-adding.ts'
import { useBoard } from './use-board.ts'
import { useChanges } from './use-changes.ts'
import { useFocus } from './use-focus.ts'
import { useMoves } from './use-moves.ts'

export type Opening = {
  place: Place
  /** The viewer's id. */
  viewer: string
  initial: BoardView
  providers: ProviderList
}

/** Reads locked cards again as soon as a connection may serve them: no reload, and nothing waits for the next look. */
function useUnlocking({ retryLocked }: Cards, sources: readonly Source[]): void {
  const through = sources.map(({ connectionId }) => connectionId).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when a connection comes or goes, not at each render
  useEffect(() => {
    void retryLocked()
    return onLanded(() => void retryLocked())
  }, [through])
}

/** Reads cards again when an admin has changed what is available on boards: what is not any more is gone at once. */
function useSwitches({ judgeAgain }: Cards, shared: string, sources: readonly Source[]): void {
  const known = useRef(shared)
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts when the switches change, not at each render
  useEffect(() => {
    if (known.current === shared) return
    known.current = shared
    judgeAgain(new Set(sources.flatMap(({ id, provider }) => (provider.sharing ? [id] : []))))
  }, [shared])
}

/** A page that was out of sight may belong to somebody else by now: another person may have signed in in this browser. */
function useSamePerson(viewer: string): void {
  useEffect(() => {
    const onShow = ({ persisted }: PageTransitionEvent) => persisted && location.reload()
    const compare = async () => {
      const now = await ask<PersonView>('/api/v1/me').catch(() => null) // signed out or offline: others tell that
      if (now && now.id !== viewer) location.reload()
    }
    const onVisible = () => {
      if (document.visibilityState === 'visible') void compare()
    }
    window.addEventListener('pageshow', onShow)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      window.removeEventListener('pageshow', onShow)
      document.removeEventListener('visibilitychange', onVisible)
    }
  }, [viewer])
}

/** Everything a board's page works with, and why the board could not be read again if so. */
export function useOpening({ place, viewer, initial, providers }: Opening): {
  failure: string | null
  opened: Omit<OpenBoard, 'findReference'>
} {
  const org = place.org.slug
  const { data } = useQuery({ ...providersOf(org), initialData: providers })
  const sources = useMemo(() => sourcesOf(data.items), [data])
  const live = useBoard(org, initial)
  const { board, failure } = live
  const focus = useFocus()
  const changes = useChanges(org, live, focus)
  const moves = useMoves(org, live, changes, focus)
  const adding = useAdding(changes, focus)
  const references = useMemo(
    () => board.objects.flatMap(({ type, id }) => (type === 'reference' ? [id] : [])),
    [board.objects],
  )
  const cards = useCards({ viewer, org, board: board.id }, references)
  useUnlocking(cards, sources)
  useSwitches(cards, board.shared, sources)
  useSamePerson(viewer)

  const isEnded = failure === 'sign-in-required' || failure === 'not-found'
  // biome-ignore lint/correctness/useExhaustiveDependencies: wiped once, when it ends
  useEffect(() => {
    if (isEnded) cards.wipe()
  }, [isEnded])

  const known = {
    objects: board.objects,
    cardOf: (id: string) => (isEnded ? undefined : cards.views.get(id)),
    providerName: (id: string) => data.items.find((one) => one.id === id)?.name ?? id,
  }
  return {
    failure,
    opened: {
      org,
      place,
      viewer,
      sources,
      board,
      known,
      cards,
      changes,
      moves,
      adding,
      focus,
      isEnded,
      isSilent: failure !== null && !isEnded,
    },
  }
}
