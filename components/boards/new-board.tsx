'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { focusNextTitle } from '#components/ui/page-title.tsx'
import { tellWrong } from '#components/ui/tell-wrong.ts'
import { textOf } from '#components/ui/text-of.ts'
import { createBoard } from '#lib/boards/client.ts'
import { problemOf } from '#lib/platform/client.ts'

const LONGEST = 80

/** Makes a board and goes there. */
export function NewBoard({ org }: { org: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        New board
      </Button>
      {isOpen && <NameDialog org={org} onClose={() => setIsOpen(false)} />}
    </>
  )
}

function NameDialog({ org, onClose }: { org: string; onClose: () => void }) {
  const router = useRouter()
  const id = useId()
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const refuse = (text: string) => {
    setError(text)
    tellWrong(id, text)
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const name = textOf(event.currentTarget, 'name')
    if (name === '') return refuse('Name: enter one, such as “Deploys”.')
    setBusy(true)
    try {
      const { id } = await createBoard(org, name)
      focusNextTitle()
      router.push(`/${org}/boards/${id}`)
    } catch (problem) {
      refuse(problemOf(problem).message)
      setBusy(false)
    }
  }
  return (
    <Dialog title="New board" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <Field id={id} label="Name" error={error}>
          {(control) => <Input {...control} name="name" maxLength={LONGEST} autoComplete="off" data-autofocus />}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Create board
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
