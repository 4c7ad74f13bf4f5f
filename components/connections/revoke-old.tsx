'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { noteOldRevoked, type TestedKey } from '#lib/connections/client.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { capital, type KeyPlace } from './key-words.ts'
import { keptEnding } from './tell-key-kept.ts'
import { wayOut } from './way-out.ts'
import { WithCode } from './with-code.tsx'

type Props = { at: KeyPlace; old: ConnectionView; tested: TestedKey; onClose: () => void }

/** After another key has taken over: the old one is still good at the provider until somebody ends it there. */
export function RevokeOld({ at, old, tested, onClose }: Props) {
  const { provider, method, org } = at
  const { endsWith } = old.credential
  const ending = keptEnding(at, tested)
  const { by } = wayOut(provider, at.slot)
  const { isDone, busy, problem, note } = useNoting(org, tested.connection.id)
  return (
    <Dialog title={`${capital(method.noun)} replaced`} onClose={onClose}>
      <Notice tone={ending.tone}>
        <WithCode text={ending.text} />
      </Notice>
      <div className="grid gap-1.5">
        <h3 className="font-semibold">
          Now revoke the old {method.noun} at {provider.name}
        </h3>
        <p>
          Plugboard has deleted it
          {endsWith && (
            <>
              {' '}
              (it ends <code className="font-mono">{endsWith}</code>)
            </>
          )}
          . At {provider.name} it still works for whoever has a copy.
        </p>
        {by && (
          <p>
            <a className="link" href={by} target="_blank" rel="noreferrer">
              Open {provider.name}'s settings (opens in a new tab)
            </a>
          </p>
        )}
      </div>
      <Checkbox
        label={`I have revoked the old ${method.noun}`}
        hint="Recorded in the audit log with your name."
        checked={isDone || busy}
        aria-busy={busy || undefined}
        onChange={({ currentTarget }) => void note(currentTarget.checked)}
      />
      {problem && <p className="text-error">{problem}</p>}
      <DialogActions>
        <Button variant="primary" data-autofocus onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** What was recorded cannot be taken back: a tick stays. */
function useNoting(org: string, id: string) {
  const [isDone, setIsDone] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const note = async (isTicked: boolean) => {
    if (!isTicked || busy || isDone) return
    setBusy(true)
    setProblem('')
    try {
      await noteOldRevoked(org, id)
      setIsDone(true)
      announce('Recorded.')
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  return { isDone, busy, problem, note }
}
