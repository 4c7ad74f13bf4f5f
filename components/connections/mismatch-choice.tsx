'use client'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { DialogActions } from '#components/ui/dialog.tsx'
import { chooseAccount } from '#lib/attempts/client.ts'
import type { AttemptView } from '#lib/attempts/schema.ts'
import { readImpact } from '#lib/connections/client.ts'
import type { ImpactView } from '#lib/connections/leave-schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { boardsWords } from './impact-words.ts'
import { BoardsShown } from './leave-impact.tsx'

type Props = {
  org: string
  view: AttemptView
  /** The provider's. */
  name: string
  onDecided: (view: AttemptView) => void
}

/** Sends somebody's answer to "which account, or site, is it to be?"; once, however often a button is pressed. */
export function useChoice({ org, view, onDecided }: Omit<Props, 'name'>) {
  const isSent = useRef(false)
  const [problem, setProblem] = useState('')
  const choose = async (choice: string) => {
    if (isSent.current) return
    isSent.current = true
    try {
      onDecided(await chooseAccount(org, view.id, choice))
    } catch (error) {
      isSent.current = false
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    }
  }
  return { problem, choose }
}

/** Somebody came back with another account than the one that is connected: they say which it is to be. */
export function MismatchChoice(props: Props) {
  return <MismatchWords {...props} {...useChoice(props)} />
}

/** The question and its two answers; keeping what was connected is the first. */
export function MismatchWords({
  org,
  view,
  name,
  problem,
  choose,
}: Omit<Props, 'onDecided'> & ReturnType<typeof useChoice>) {
  const { previousLabel = 'the account before', accountLabel = 'the other account' } = view
  return (
    <>
      <p>
        You signed in as <strong>{accountLabel}</strong>. This connection was <strong>{previousLabel}</strong>.
      </p>
      <p className="text-ink-2">
        If you switch, cards and lists show what {accountLabel} can open at {name}. The boards keep their references.
      </p>
      {view.connectionId && <Touched org={org} connection={view.connectionId} name={name} />}
      {problem && <p className="text-error">{problem}</p>}
      <DialogActions>
        <Button data-autofocus variant="primary" onClick={() => void choose('keep')}>
          Keep {previousLabel}
        </Button>
        <Button onClick={() => void choose('switch')}>Switch to {accountLabel}</Button>
      </DialogActions>
    </>
  )
}

/** The boards whose cards would be read with the other account. */
function Touched({ org, connection, name }: { org: string; connection: string; name: string }) {
  const impact = useImpact(org, connection)
  if (impact === 'unknown') return <p className="text-ink-2">Couldn't check what uses {name}.</p>
  if (!impact) return null
  return (
    <div className="grid gap-1">
      <p>{boardsWords(impact, name)}</p>
      <BoardsShown impact={impact} />
    </div>
  )
}

/** Asked once, without what keeps answers for a page: the provider's tab has none of that. Undefined while it is counted. */
function useImpact(org: string, connection: string): ImpactView | 'unknown' | undefined {
  const [impact, setImpact] = useState<ImpactView | 'unknown'>()
  useEffect(() => {
    const asking = new AbortController()
    readImpact(org, connection, asking.signal).then(setImpact, () => {
      if (!asking.signal.aborted) setImpact('unknown')
    })
    return () => asking.abort()
  }, [org, connection])
  return impact
}
