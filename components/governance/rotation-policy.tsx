'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FormProblems } from '#components/tenancy/form-problems.tsx'
import { useSubmit } from '#components/tenancy/use-submit.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { standingsOf } from '#lib/connections/client.ts'
import { changeRotation } from '#lib/governance/client.ts'

/** After how many days a credential is to be replaced. */
export function RotationPolicyForm({ org, everyDays }: { org: string; everyDays: number }) {
  const queries = useQueryClient()
  const [saved, setSaved] = useState(false)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    setSaved(false)
    await changeRotation(org, { everyDays: Number(value('everyDays') || Number.NaN) })
    await queries.invalidateQueries({ queryKey: standingsOf(org) })
    setSaved(true)
    announce('Policy saved')
  })
  return (
    <form {...form} className="grid max-w-form gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Rotate every (days)" hint="Between 30 and 365 days." {...field('everyDays')}>
        {(control) => (
          <Input
            {...control}
            name="everyDays"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={everyDays}
            required
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" busy={busy}>
          Save policy
        </Button>
        {saved && <span className="text-ok">Saved</span>}
      </div>
    </form>
  )
}
