'use client'
import { useState } from 'react'
import { FormProblems } from '#components/tenancy/form-problems.tsx'
import { useSubmit } from '#components/tenancy/use-submit.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field, Fieldset } from '#components/ui/field.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { createToken } from '#lib/tokens/client.ts'
import type { Scope } from '#lib/tokens/schema.ts'
import { endOf, expiries, USUAL_EXPIRY } from './expiry.ts'
import type { MadeToken } from './reveal-token.tsx'

/** What this person can give a token. */
export type TokenChoices = {
  scopes: readonly { scope: Scope; words: string; isLeast: boolean }[]
  /** Whether they may make one without an end. */
  mayOmitExpiry: boolean
}

type Props = { org: string; choices: TokenChoices; onMade: (made: MadeToken) => void; onClose: () => void }

/** Asks what a new token is for, what it may do and how long. */
export function CreateToken({ org, choices, onMade, onClose }: Props) {
  const [expiry, setExpiry] = useState(USUAL_EXPIRY)
  const { form, field, summary, failure, busy } = useSubmit(async (value, element) => {
    const chosen = new FormData(element).getAll('scopes')
    const scopes = choices.scopes.flatMap(({ scope }) => (chosen.includes(scope) ? [scope] : []))
    const expiresAt = endOf(expiry, value('expiresAt'), Date.now())
    const made = await createToken(org, { name: value('name'), scopes, expiresAt })
    onMade({ name: value('name').trim(), value: made.value })
  })
  return (
    <Dialog title="Create an API token" size="wide" onClose={onClose}>
      <form {...form} className="grid gap-4">
        <FormProblems summary={summary} failure={failure} />
        <Field label="Name" hint="What it is for, so that you know it again." {...field('name')}>
          {(control) => <Input {...control} name="name" maxLength={60} autoComplete="off" required />}
        </Field>
        <Fieldset
          legend="Scopes"
          hint="As little as the script needs. It never does more than you may do yourself."
          {...field('scopes')}
        >
          <div className="grid gap-1 sm:grid-cols-2">
            {choices.scopes.map(({ scope, words, isLeast }) => (
              <Checkbox
                key={scope}
                name="scopes"
                value={scope}
                label={<span className="font-mono text-small">{scope}</span>}
                hint={words}
                defaultChecked={isLeast}
              />
            ))}
          </div>
        </Fieldset>
        <Field label="Expires after">
          {(control) => (
            <Select {...control} value={expiry} onChange={({ target }) => setExpiry(target.value)}>
              {expiries.map(([days, words]) => (
                <option key={days} value={days}>
                  {words}
                </option>
              ))}
              <option value="custom">A day of your own…</option>
              {choices.mayOmitExpiry && <option value="never">No expiry</option>}
            </Select>
          )}
        </Field>
        {expiry === 'custom' && (
          <Field label="Last day" hint="Like 2026-12-31, at most 365 days from now." {...field('expiresAt')}>
            {(control) => <Input {...control} name="expiresAt" autoComplete="off" spellCheck={false} maxLength={12} />}
          </Field>
        )}
        {expiry === 'never' && (
          <p className="text-warn">It works until somebody revokes it. Whoever finds it can use it.</p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Create token
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
