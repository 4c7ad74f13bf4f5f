'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { textOf } from '#components/ui/text-of.ts'
import { useOpenBoard } from './board-context.ts'
import type { Reference } from './outline.ts'

const LONGEST = 500

/** What the author says of a card. It is the one thing of a card that everybody reads. */
export function CaptionDialog({ object, onClose }: { object: Reference; onClose: () => void }) {
  const { changes } = useOpenBoard()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const caption = textOf(event.currentTarget, 'caption')
    setBusy(true)
    const changed = await changes.edit(object.id, { caption: caption || null })
    setBusy(false)
    if (changed) onClose()
  }
  return (
    <Dialog title="Caption" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <Field
          label="Caption"
          hint="Everyone on this board reads it, also people who can't open the card. Don't put anything private here."
        >
          {(control) => (
            <Input
              {...control}
              name="caption"
              defaultValue={object.caption ?? ''}
              maxLength={LONGEST}
              autoComplete="off"
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
