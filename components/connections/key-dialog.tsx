'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AlertDialog, Dialog } from '#components/ui/dialog.tsx'
import { dayText } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import type { TestedKey } from '#lib/connections/client.ts'
import type { ConnectionView } from '#lib/connections/schema.ts'
import { audienceOf } from '#lib/connections/status.ts'
import { KeyForm } from './key-form.tsx'
import { isReplacing, type KeyMethod, type KeyPlace } from './key-words.ts'
import type { Place } from './place.ts'
import { RevokeOld } from './revoke-old.tsx'
import { tellKeyKept } from './tell-key-kept.ts'
import { useShowReached } from './use-show-reached.ts'

type Props = Omit<KeyPlace, 'org'> & { place: Place; onClose: () => void }

/** Takes a key for a slot, or another in the place of the one that serves. Nothing typed outlives it. */
export function KeyDialog({ provider, slot, method, place, onClose }: Props) {
  const queries = useQueryClient()
  const showNext = useShowReached()
  // what it is about must not change under the person who types into it
  const [at] = useState<KeyPlace>({ provider, slot, method, org: place.org.slug })
  const [old] = useState(isReplacing(slot, method) ? slot.connection : null)
  const [replaced, setReplaced] = useState<TestedKey>()
  const [isDirty, setIsDirty] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const { name } = at.provider
  const close = () => (isDirty ? setIsAsking(true) : onClose())
  const pass = (tested: TestedKey) => {
    if (old) setReplaced(tested)
    else onClose()
    setIsDirty(false)
    void tellKeyKept(queries, at, tested).then(() => old === null && showNext(at))
  }
  if (replaced && old) return <RevokeOld {...{ at, old }} tested={replaced} onClose={onClose} />
  return (
    <Dialog
      title={old ? `Replace ${at.method.noun}` : `Configure ${name}`}
      description={old ? <Current connection={old} noun={at.method.noun} /> : audienceOf(at.slot, place.org.name)}
      size="wide"
      onClose={close}
    >
      <KeyForm at={at} level={3} onPassed={pass} onDirty={setIsDirty} onCancel={close} />
      {isAsking && <Discard method={at.method} onKeep={() => setIsAsking(false)} onDiscard={onClose} />}
    </Dialog>
  )
}

type DiscardProps = { method: KeyMethod; onKeep: () => void; onDiscard: () => void }

function Discard({ method: { noun }, onKeep, onDiscard }: DiscardProps) {
  return (
    <AlertDialog
      title={`Discard the ${noun} you pasted?`}
      confirm={`Discard ${noun}`}
      onConfirm={onDiscard}
      onClose={onKeep}
    >
      <p>It was not saved. You can paste it again later.</p>
    </AlertDialog>
  )
}

/** Which key stands there now, told by what may be told of it. */
function Current({ connection, noun }: { connection: ConnectionView; noun: string }) {
  const { credential, createdBy } = connection
  const [addedAt] = useState(() => Date.now() - credential.ageDays * 86_400_000)
  return (
    <>
      Current {noun}
      {credential.endsWith && (
        <>
          {' '}
          ends <code className="font-mono">{credential.endsWith}</code>
        </>
      )}
      , added by {createdBy.name}, {dayText(addedAt, shownNow(), 'long')}. It goes on working until the new one has
      passed its test.
    </>
  )
}
