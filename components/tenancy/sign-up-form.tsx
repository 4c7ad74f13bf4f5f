'use client'
import Link from 'next/link'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { signIn, signUp } from '#lib/tenancy/client.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** Makes an account and signs in. With an invitation its address is fixed and its organization is joined. */
export function SignUpForm({ invitation }: { invitation?: { token: string; email: string; organization: string } }) {
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    const email = invitation?.email ?? value('email')
    const start = invitation ? { invitation: invitation.token } : { organization: value('organization') }
    const made = await signUp({ name: value('name'), email, password: value('password'), ...start })
    await signIn(email, value('password'))
    location.assign(`/${made.organization.slug}/boards`)
  })
  const hasAccount = summary.some(({ text }) => text.includes('has an account'))
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Name" hint="As others in your organization see it." {...field('name')}>
        {(control) => <Input {...control} name="name" autoComplete="name" required />}
      </Field>
      <Field label="Email address" {...field('email')}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            defaultValue={invitation?.email}
            readOnly={invitation !== undefined}
            required
          />
        )}
      </Field>
      {hasAccount && (
        <p>
          <Link className="link" href="/login">
            Sign in
          </Link>{' '}
          or{' '}
          <Link className="link" href="/reset">
            reset the password
          </Link>
          .
        </p>
      )}
      <Field label="Password" hint="At least 10 characters." {...field('password')}>
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" required />}
      </Field>
      {!invitation && (
        <Field
          label="Organization name"
          hint="Your team or company. You can invite others later."
          {...field('organization')}
        >
          {(control) => <Input {...control} name="organization" autoComplete="organization" required />}
        </Field>
      )}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {invitation ? `Join ${invitation.organization}` : 'Create account'}
        </Button>
      </div>
    </form>
  )
}
