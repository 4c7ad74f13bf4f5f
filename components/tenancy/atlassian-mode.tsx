import { Radio } from '#components/ui/checkbox.tsx'
import { Fieldset } from '#components/ui/field.tsx'
import { Jack } from '#components/ui/jack.tsx'
import type { OrganizationView } from '#lib/tenancy/schema.ts'

type Props = { organization: OrganizationView; id: string; error?: string }

/** How the organization has Jira and Confluence, and what becomes of what is connected. */
export function AtlassianMode({ organization, id, error }: Props) {
  const { atlassianMode } = organization
  return (
    <div id={id} tabIndex={-1} className="grid gap-1">
      <Fieldset
        legend="Jira and Confluence"
        hint="Either way boards show each person only what their own Atlassian account can open. Changing this changes no connection: what is connected stays as it is."
      >
        <Radio
          name="atlassianMode"
          value="standard"
          label="Standard"
          hint="Both are connected like any other tool."
          defaultChecked={atlassianMode === 'standard'}
        />
        <Radio
          name="atlassianMode"
          value="native"
          label="Native"
          hint="For tools that are on one Atlassian site: Jira has nothing to configure, and Confluence is verified instead of connected. It rests on the organization’s connection of Jira."
          defaultChecked={atlassianMode === 'native'}
        />
      </Fieldset>
      {error && (
        <p className="flex gap-1.5 text-error text-small">
          <Jack name="cross" className="mt-px text-error-icon" />
          {error}
        </p>
      )}
    </div>
  )
}
