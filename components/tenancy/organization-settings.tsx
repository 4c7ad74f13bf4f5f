'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox, Radio } from '#components/ui/checkbox.tsx'
import { Field, Fieldset } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { changeOrganization } from '#lib/tenancy/client.ts'
import type { OrganizationView } from '#lib/tenancy/schema.ts'
import { AtlassianMode } from './atlassian-mode.tsx'
import { FormProblems } from './form-problems.tsx'
import { useSubmit } from './use-submit.ts'

/** The organization's name and rules, for those who may change them. */
export function OrganizationSettings({ organization }: { organization: OrganizationView }) {
  const router = useRouter()
  const [saved, setSaved] = useState(false)
  const { form, field, summary, failure, busy } = useSubmit(async (value) => {
    setSaved(false)
    const whoMayConnect = value('whoMayConnect') === 'members' ? 'members' : 'admins'
    const askBoards = value('askBoards') === 'on'
    const atlassianMode = value('atlassianMode') === 'native' ? 'native' : 'standard'
    await changeOrganization(organization.slug, { name: value('name'), whoMayConnect, atlassianMode, askBoards })
    setSaved(true)
    announce('Settings saved')
    router.refresh()
  })
  return (
    <form {...form} className="grid max-w-form gap-6">
      <FormProblems summary={summary} failure={failure} />
      <Field label="Organization name" {...field('name')}>
        {(control) => <Input {...control} name="name" defaultValue={organization.name} required />}
      </Field>
      <Fieldset
        legend="Who may connect tools for the organization"
        hint="Everybody connects their own accounts; this is about those the organization shares."
      >
        <Radio
          name="whoMayConnect"
          value="admins"
          label="Owners and admins"
          defaultChecked={organization.whoMayConnect === 'admins'}
        />
        <Radio
          name="whoMayConnect"
          value="members"
          label="Members too"
          defaultChecked={organization.whoMayConnect === 'members'}
        />
      </Fieldset>
      <AtlassianMode organization={organization} {...field('atlassianMode')} />
      <Checkbox
        name="askBoards"
        label="Members can ask boards"
        hint="A question and the text of the cards that its asker can see are sent to a language model."
        defaultChecked={organization.askBoards}
      />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" busy={busy}>
          Save
        </Button>
        {saved && <span className="text-ok">Saved</span>}
      </div>
    </form>
  )
}
