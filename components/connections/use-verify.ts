import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { skipProvider, standingsOf, verifyAccess } from '#lib/connections/client.ts'
import type { ConnectionView, ProviderView, Standing } from '#lib/connections/schema.ts'
import { badgeText } from '#lib/connections/status.ts'
import { problemOf } from '#lib/platform/client.ts'

type Known = Pick<ProviderView, 'id' | 'name'>

/** What came of it, as a sentence. */
export function verdictOf(name: string, { status, reason }: Standing, place: string | undefined): string {
  if (status === 'connected') return `${name} is on for ${place ?? 'your site'}.`
  return `${badgeText(status, name)}. ${reason ? `${reason}.` : ''}`.trim()
}

/** Asks whether access is there; nothing opens, and what comes of it is told and drawn like any news. */
export function useVerify({ id, name }: Known, org: string) {
  const queries = useQueryClient()
  const isBusy = useRef(false)
  const [busy, setBusy] = useState<'verify' | 'skip' | null>(null)
  const [problem, setProblem] = useState('')
  const run = useCallback(
    async (what: 'verify' | 'skip', ask: () => Promise<ConnectionView>, said: (now: ConnectionView) => string) => {
      if (isBusy.current) return
      isBusy.current = true
      setBusy(what)
      setProblem('')
      try {
        const now = await ask()
        await queries.invalidateQueries({ queryKey: standingsOf(org) })
        announce(said(now))
      } catch (error) {
        setProblem(problemOf(error).message)
        announce(problemOf(error).message, 'assertive')
      } finally {
        isBusy.current = false
        setBusy(null)
      }
    },
    [org, queries],
  )
  const verify = useCallback(
    () =>
      run(
        'verify',
        () => verifyAccess(org, id),
        (now) => verdictOf(name, now, now.account.label),
      ),
    [run, org, id, name],
  )
  const skip = (connection: string) =>
    run(
      'skip',
      () => skipProvider(org, connection),
      () => `${name} is skipped.`,
    )
  return { busy, problem, verify, skip }
}

/** Verifies once when the person comes back from the page that `onOpened` was told of. */
export function useVerifyOnReturn(verify: () => Promise<void>): { onOpened: () => void } {
  const isAway = useRef(false)
  useEffect(() => {
    const back = () => {
      if (!isAway.current || document.visibilityState !== 'visible') return
      isAway.current = false
      void verify()
    }
    window.addEventListener('focus', back)
    document.addEventListener('visibilitychange', back)
    return () => {
      window.removeEventListener('focus', back)
      document.removeEventListener('visibilitychange', back)
    }
  }, [verify])
  return {
    onOpened: () => {
      isAway.current = true
    },
  }
}
