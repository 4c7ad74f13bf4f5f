'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { TokensGoOn } from '#components/tokens/tokens-go-on.tsx'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { changeAccount, endSessions } from '#lib/tenancy/client.ts'
import type { OwnTokens } from '#lib/tenancy/schema.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** The name others see. */
export function NameForm({ name, email }: { name: string; email: string }) {
  const router = useRouter()
  const [saved, setSaved] = useState(false)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    setSaved(false)
    await changeAccount({ name: value('name') })
    setSaved(true)
    announce('Name saved')
    router.refresh()
  })
  return (
    <form {...form} className="grid max-w-form gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Name" hint="As others in your organizations see it." {...field('name')}>
        {(control) => <Input {...control} name="name" autoComplete="name" defaultValue={name} required />}
      </Field>
      <p className="text-ink-2">You sign in with {email}.</p>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy}>
          Save name
        </Button>
        {saved && <span className="text-ok">Saved</span>}
      </div>
    </form>
  )
}

/** Another password; it ends every other session. */
export function PasswordForm({ email, tokens }: { email: string; tokens: OwnTokens }) {
  const [saved, setSaved] = useState(false)
  const { form, field, summary, failure, busy } = useSubmit(async (value, element) => {
    setSaved(false)
    await changeAccount({ password: { current: value('current'), next: value('next') } })
    element.reset()
    setSaved(true)
  })
  return (
    <form {...form} className="grid max-w-form gap-4">
      <FormProblems summary={summary} failure={failure} />
      {/* for password managers: whose password this is */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field label="Current password" {...field('password-current')}>
        {(control) => <Input {...control} name="current" type="password" autoComplete="current-password" required />}
      </Field>
      <Field label="New password" hint="At least 10 characters." {...field('password-next')}>
        {(control) => <Input {...control} name="next" type="password" autoComplete="new-password" required />}
      </Field>
      <TokensGoOn tokens={tokens} />
      <div>
        <Button type="submit" busy={busy}>
          Change password
        </Button>
      </div>
      {saved && (
        <Notice tone="ok" title="Password changed" live="status">
          Every other browser was signed out.
        </Notice>
      )}
    </form>
  )
}

/** Ends every session of this person, in this browser too. */
export function EndSessions({ tokens }: { tokens: OwnTokens }) {
  const [isAsking, setIsAsking] = useState(false)
  const { form, failure, busy } = useSubmit(async () => {
    await endSessions()
    location.assign('/login')
  })
  return (
    <form {...form} className="grid justify-items-start gap-4">
      <FormProblems summary={[]} failure={failure} />
      <Button onClick={() => setIsAsking(true)}>Sign out everywhere…</Button>
      {isAsking && (
        <AlertDialog
          title="Sign out everywhere?"
          confirm="Sign out everywhere"
          busy={busy}
          onConfirm={() => {
            setIsAsking(false)
            form.ref.current?.requestSubmit()
          }}
          onClose={() => setIsAsking(false)}
        >
          <p>Every browser and device is signed out, this one too. What you made stays as it is.</p>
          <TokensGoOn tokens={tokens} />
        </AlertDialog>
      )}
    </form>
  )
}
