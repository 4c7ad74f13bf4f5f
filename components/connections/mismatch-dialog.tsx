'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { attemptOf, chooseAccount } from '#lib/connections/client.ts'
import type { AttemptView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import type { Attempt } from './attempts.ts'

/** Somebody came back with another account than the one that is connected: they say which it is to be. Escape keeps the old one. */
export function MismatchDialog({ attempt, view, name }: { attempt: Attempt; view: AttemptView; name: string }) {
  const queries = useQueryClient()
  const isSent = useRef(false)
  const [problem, setProblem] = useState('')
  const { previousLabel = 'the account before', accountLabel = 'the other account' } = view
  const choose = async (choice: 'keep' | 'switch') => {
    if (isSent.current) return
    isSent.current = true
    try {
      const decided = await chooseAccount(attempt.org, attempt.id, choice)
      queries.setQueryData(attemptOf(attempt).queryKey, decided)
    } catch (error) {
      isSent.current = false
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    }
  }
  return (
    <Dialog title="Different account" onClose={() => void choose('keep')}>
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
    </Dialog>
  )
}
