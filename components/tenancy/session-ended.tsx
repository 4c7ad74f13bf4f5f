'use client'
import { useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { whenSessionEnds } from '#lib/platform/client.ts'
import { signIn } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

type Waiting = PromiseWithResolvers<boolean>

/**
 * Waits in every page for the moment when a change is answered with "sign in again": then it asks for the password over
 * the page, whose forms stay as they are, and lets the change be sent once more.
 */
export function SessionEnded({ email }: { email: string }) {
  const waiting = useRef<Waiting | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(
    () =>
      whenSessionEnds(() => {
        // several changes at once wait for one dialog
        waiting.current ??= Promise.withResolvers<boolean>()
        setIsOpen(true)
        return waiting.current.promise
      }),
    [],
  )
  const close = (isSignedIn: boolean) => {
    setIsOpen(false)
    waiting.current?.resolve(isSignedIn)
    waiting.current = null
  }
  if (!isOpen) return null
  return (
    <Dialog
      title="Your session has ended"
      description="Sign in again to continue. What you typed is kept."
      onClose={() => close(false)}
    >
      <SignInAgain email={email} onDone={() => close(true)} onCancel={() => close(false)} />
    </Dialog>
  )
}

function SignInAgain({ email, onDone, onCancel }: { email: string; onDone: () => void; onCancel: () => void }) {
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    await signIn(email, value('password'))
    onDone()
  })
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Email address" {...field('email')}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" value={email} readOnly />}
      </Field>
      <Field label="Password" {...field('password')}>
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="current-password" data-autofocus required />
        )}
      </Field>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Sign in
        </Button>
      </DialogActions>
    </form>
  )
}
