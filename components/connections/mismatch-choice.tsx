'use client'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { DialogActions } from '#components/ui/dialog.tsx'
import { chooseAccount } from '#lib/connections/client.ts'
import type { AttemptView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'

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
  view,
  name,
  problem,
  choose,
}: Pick<Props, 'view' | 'name'> & ReturnType<typeof useChoice>) {
  const { previousLabel = 'the account before', accountLabel = 'the other account' } = view
  return (
    <>
      <p>
        You signed in as <strong>{accountLabel}</strong>. This connection was <strong>{previousLabel}</strong>.
      </p>
      <p className="text-ink-2">
        If you switch, cards and lists show what {accountLabel} can open at {name}. The boards keep their references.
      </p>
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
