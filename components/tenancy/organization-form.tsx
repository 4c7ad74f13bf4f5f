'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { createOrganization } from '#lib/tenancy/client.ts'
import { slugOf } from '#lib/tenancy/schema.ts'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** Names an organization; its address follows the name until somebody types another. */
export function OrganizationForm({ host }: { host: string }) {
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const address = slug ?? slugOf(name)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    const made = await createOrganization({ name: value('name'), ...(slug === null ? {} : { slug }) })
    location.assign(`/${made.slug}/boards`)
  })
  return (
    <form {...form} className="grid gap-4">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Organization name" {...field('name')}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="organization"
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
          />
        )}
      </Field>
      <Field
        label="Address"
        hint={address ? `${host}/${address}` : 'Lowercase letters, digits and hyphens.'}
        {...field('slug')}
      >
        {(control) => (
          <Input {...control} mono name="slug" value={address} onChange={(event) => setSlug(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Create organization
        </Button>
      </div>
    </form>
  )
}
