'use client'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { signIn } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

type Props = { email: string; onDone: () => void; onCancel: () => void }

/** Asks for the password again, over a page whose session has ended. */
export function SignInAgain({ email, onDone, onCancel }: Props) {
  return (
    <Dialog
      title="Your session has ended"
      description="Sign in again to continue. What you typed is kept."
      onClose={onCancel}
    >
      <PasswordForm email={email} onDone={onDone} onCancel={onCancel} />
    </Dialog>
  )
}

function PasswordForm({ email, onDone, onCancel }: Props) {
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
