'use client'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { signIn } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** Address and password. `next` is a path of ours, where the person wanted to go. */
export function SignInForm({ next, email }: { next: string; email?: string }) {
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    await signIn(value('email'), value('password'))
    // a full load: nothing of whoever was here before is left in memory
    location.assign(next)
  })
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Email address" {...field('email')}>
        {(control) => (
          <Input {...control} name="email" type="email" autoComplete="username" defaultValue={email} required />
        )}
      </Field>
      <Field label="Password" {...field('password')}>
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" required />}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Sign in
        </Button>
      </div>
    </form>
  )
}
