'use client'
import Link from 'next/link'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { TokensGoOn } from '#components/tokens/tokens-go-on.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { requestReset, resetPassword } from '#lib/tenancy/client.ts'
import type { ResetAnswer } from '#lib/tenancy/schema.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

const signInLink = (
  <Link className="link" href="/login">
    Sign in
  </Link>
)

/** What stands in the place of a form that was sent: it takes the focus, and is read for it. */
function Done({ children }: { children: ReactNode }) {
  const words = useRef<HTMLDivElement>(null)
  useEffect(() => words.current?.focus(), [])
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and this is what came of one
    <div ref={words} role="group" aria-label="What came of it" tabIndex={-1}>
      {children}
    </div>
  )
}

/** Asks where to send the link that sets a new password. What it says afterwards is the same for every address. */
export function ResetRequestForm() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    await requestReset(value('email'))
    setSentTo(value('email'))
  })
  if (sentTo !== null)
    return (
      <Done>
        <Notice tone="ok" title="Look into your mail">
          If {sentTo} has an account, a link to set a new password is on its way. It works once, for an hour.
        </Notice>
      </Done>
    )
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Email address" {...field('email')}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
      </Field>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="primary" busy={busy}>
          Send the link
        </Button>
        {signInLink}
      </div>
    </form>
  )
}

/** Sets the new password of a mailed link. */
export function NewPasswordForm({ token }: { token: string }) {
  const [done, setDone] = useState<ResetAnswer | null>(null)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    setDone(await resetPassword(token, value('password')))
  })
  if (done)
    return (
      <Done>
        <Notice tone="ok" title="Your new password is set" actions={signInLink}>
          <p>You were signed out everywhere. Sign in with the new password.</p>
          <TokensGoOn tokens={done.apiTokens} />
        </Notice>
      </Done>
    )
  const another = (
    <Link className="link" href="/reset">
      Ask for a new link
    </Link>
  )
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} wayOut={failure?.kind === 'gone' ? another : undefined} />
      <Field label="New password" hint="At least 10 characters." {...field('password')}>
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" required />}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Set password
        </Button>
      </div>
    </form>
  )
}
