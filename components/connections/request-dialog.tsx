'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { textOf } from '#components/ui/text-of.ts'
import { requestConnection, standingsOf } from '#lib/connections/client.ts'
import { problemOf } from '#lib/platform/client.ts'
import type { Place } from './place.ts'
import { noteSent, sentWords } from './request-line.tsx'
import { useLastWords } from './use-last-words.ts'

/** As much as a reason or a note may say. */
export const WORDS = 280

type Props = { provider: { id: string; name: string }; place: Place; onClose: () => void }

/** Asks those who may to connect a provider, with a reason where one likes to give one. */
export function RequestDialog({ provider: { id, name }, place, onClose }: Props) {
  const { slug, name: organization } = place.org
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const sayLast = useLastWords()
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    try {
      const reason = textOf(event.currentTarget, 'reason')
      noteSent((await requestConnection(slug, id, reason)).id)
      await queries.invalidateQueries({ queryKey: standingsOf(slug) })
      sayLast(sentWords(place.admins))
      onClose()
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Request ${name}`}
      description={`Owners and admins are asked to connect ${name} for everyone in ${organization}.`}
      onClose={onClose}
    >
      <form className="grid gap-4" onSubmit={(event) => void send(event)}>
        <Field label="Reason (optional)" hint={`What you need ${name} for, in ${WORDS} characters.`}>
          {(control) => <Textarea {...control} name="reason" rows={3} maxLength={WORDS} />}
        </Field>
        {problem && <p className="text-error">{problem}</p>}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Send request
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
