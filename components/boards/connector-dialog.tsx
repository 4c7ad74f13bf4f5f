'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { textOf } from '#components/ui/text-of.ts'
import { problemOf } from '#lib/platform/client.ts'
import { useOpenBoard } from './board-context.ts'
import { distinct, spokenName } from './names.ts'

const LONGEST = 200

/** Joins two objects of the board by an arrow, chosen by name: nothing has to be dragged. */
export function ConnectorDialog({ from, onClose }: { from: string | null; onClose: () => void }) {
  const { known, changes, focus } = useOpenBoard()
  const ends = distinct(
    known.objects
      .filter(({ type }) => type !== 'connector')
      .map((object) => ({ id: object.id, name: spokenName(object, known) })),
  )
  const start = ends.find(({ id }) => id === from) ?? ends[0]
  const [wrong, setWrong] = useState<{ to?: string; all?: string }>({})
  const [busy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const [one, other, text] = ['from', 'to', 'text'].map((name) => textOf(form, name))
    if (!one || !other || one === other) return setWrong({ to: 'Choose two different objects.' })
    setBusy(true)
    try {
      const added = await changes.add(
        { type: 'connector', from: one, to: other, ...(text ? { text } : {}) },
        'added a connector',
      )
      onClose()
      focus(added.id)
    } catch (error) {
      setWrong({ all: problemOf(error).message })
      setBusy(false)
    }
  }
  const options = ends.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ))
  return (
    <Dialog title="Connect two objects" description="An arrow goes from the first to the second." onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {wrong.all && (
          <Notice tone="error" live="alert">
            {wrong.all}
          </Notice>
        )}
        <Field label="From">
          {(control) => (
            <Select {...control} name="from" defaultValue={start?.id}>
              {options}
            </Select>
          )}
        </Field>
        <Field label="To" error={wrong.to}>
          {(control) => (
            <Select {...control} name="to" defaultValue={ends.find(({ id }) => id !== start?.id)?.id}>
              {options}
            </Select>
          )}
        </Field>
        <Field label="Label" hint="Optional. What the arrow says.">
          {(control) => <Input {...control} name="text" maxLength={LONGEST} autoComplete="off" />}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Connect
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
