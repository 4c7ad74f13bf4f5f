'use client'
import { Select } from '#components/ui/input.tsx'
import { RoleName, roleDescriptions, roleLabels } from '#lib/tenancy/schema.ts'

const offered = roleDescriptions.map(({ role }) => role)

/** The roles there are to give. A role that is no longer offered stays in the list of who has it. */
export function RoleSelect({
  value,
  mayMakeOwner,
  busy = false,
  onChange,
  label,
  ...control
}: {
  value: RoleName
  mayMakeOwner: boolean
  busy?: boolean
  onChange: (role: RoleName) => void
  /** Where no label stands beside it. */
  label?: string
  id?: string
}) {
  const roles = offered.filter((role) => role !== 'owner' || mayMakeOwner || value === 'owner')
  const all = roles.includes(value) ? roles : [...roles, value]
  return (
    <Select
      {...control}
      aria-label={label}
      aria-busy={busy || undefined}
      value={value}
      onChange={(event) => !busy && onChange(RoleName.parse(event.target.value))}
    >
      {all.map((role) => (
        <option key={role} value={role}>
          {roleLabels[role]}
        </option>
      ))}
    </Select>
  )
}
