'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { announce } from '#components/ui/announce.ts'
import { ATTEMPT_WATCHED_MS, attemptOf } from '#lib/attempts/client.ts'
import { isFinal } from '#lib/attempts/status.ts'
import { activityOf, firstRunOf, providerOf, standingsOf } from '#lib/connections/client.ts'
import { problemOf } from '#lib/platform/client.ts'
import { onLanded } from './attempt-channel.ts'
import { endingOf } from './attempt-ending.ts'
import { type Attempt, updateAttempt } from './attempts.ts'

/** Watches the attempts of this tab, each once, wherever in the product the person is. Draws nothing. */
export function AttemptWatch({ attempts }: { attempts: readonly Attempt[] }) {
  return attempts.map((attempt) => !attempt.ending && <Watch key={attempt.id} attempt={attempt} />)
}

function Watch({ attempt }: { attempt: Attempt }) {
  const { id, org, provider, startedAt } = attempt
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(attemptOf({ org, id, startedAt }))
  const isSignedOut = error !== null && problemOf(error).kind === 'sign-in-required'

  useEffect(() => updateAttempt(id, { view: data, isSignedOut }), [id, data, isSignedOut])
  useTimeout(attempt)
  useHurry(attempt, refetch)

  const isOver = data ? isFinal(data.status) : false
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once, when the attempt ends
  useEffect(() => {
    if (!data || !isOver) return
    const conclude = async () => {
      void queries.invalidateQueries({ queryKey: firstRunOf(org).queryKey })
      void queries.invalidateQueries({ queryKey: activityOf(org, provider).queryKey.slice(0, 3) })
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      const now = await queries.fetchQuery({ ...providerOf(org, provider), staleTime: 0 }).catch(() => null)
      const ending = endingOf(data, attempt.name, now)
      if (!ending) return
      updateAttempt(id, { ending })
      announce(ending.text)
    }
    void conclude()
  }, [isOver])
  return null
}

/** After four minutes, by the clock and not by counting, nobody asks any more; what the person does may still ask once. */
function useTimeout({ id, org, name, startedAt, isTimedOut, panels = 0 }: Attempt): void {
  const queries = useQueryClient()
  const isElsewhere = panels === 0
  useEffect(() => {
    if (isTimedOut) return
    const stop = () => {
      updateAttempt(id, { isTimedOut: true })
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      if (isElsewhere) announce(`Connection timeout: ${name} did not connect within 4 minutes.`, 'assertive')
    }
    const timer = setTimeout(stop, Math.max(0, startedAt + ATTEMPT_WATCHED_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [id, org, name, startedAt, isTimedOut, isElsewhere, queries])
}

/** Asks at once when the person is back here, or another tab says that the provider's has come back. */
function useHurry({ id, provider, view }: Attempt, refetch: ReturnType<typeof useQuery>['refetch']): void {
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    const ask = () => void refetch({ cancelRefetch: false })
    const back = () => document.visibilityState === 'visible' && ask()
    window.addEventListener('focus', ask, { signal })
    window.addEventListener('pageshow', ask, { signal })
    document.addEventListener('visibilitychange', back, { signal })
    const silence = onLanded((landed) => {
      const isRefused = landed.attempt === null && landed.provider === provider && !view && landed.problem !== undefined
      if (isRefused) updateAttempt(id, { ending: { tone: 'error', text: landed.problem ?? '', next: 'connect' } })
      else if (landed.attempt === id) ask()
    })
    return () => {
      ended.abort()
      silence()
    }
  }, [id, provider, view, refetch])
}
