'use client'
import { useId } from 'react'
import { Input, Select } from '#components/ui/input.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { type FilterGroup, filterGroups } from '#lib/connections/status.ts'
import type { HubFilter, Owner } from './hub-filter.ts'

type Props = {
  items: readonly ProviderView[]
  filter: HubFilter
  onChange: (filter: HubFilter, how: 'push' | 'replace') => void
}

/** Narrows the list. Typing replaces the address, choosing adds a step that Back undoes. */
export function HubToolbar({ items, filter, onChange }: Props) {
  const categories = [...new Set(items.map(({ category }) => category))].sort((a, b) => a.localeCompare(b, 'en'))
  const groups = Object.entries(filterGroups).map(([value, { label }]) => [value, label] as const)
  const choose = (change: Partial<HubFilter>) => onChange({ ...filter, ...change }, 'push')
  return (
    <search className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <Input
        type="search"
        aria-label="Filter integrations"
        placeholder="Filter integrations"
        className="max-sm:col-span-2 sm:min-w-44 sm:flex-1"
        value={filter.q}
        onChange={({ target }) => onChange({ ...filter, q: target.value }, 'replace')}
      />
      <Choice
        label="Status"
        all="Any status"
        value={filter.state ?? ''}
        options={groups}
        // the options are the groups
        onChoose={(state) => choose({ state: state ? (state as FilterGroup) : null })}
      />
      <Choice
        label="Category"
        all="All categories"
        value={filter.category}
        options={categories.map((category) => [category, category])}
        onChoose={(category) => choose({ category })}
      />
      <Choice
        label="Owner"
        all="Yours and shared"
        value={filter.owner ?? ''}
        options={[
          ['yours', 'Yours'],
          ['shared', 'Shared with everyone'],
        ]}
        // the options are the owners
        onChoose={(owner) => choose({ owner: owner ? (owner as Owner) : null })}
      />
      <Choice
        label="View"
        all="Comfortable"
        value={filter.isCompact ? 'compact' : ''}
        options={[['compact', 'Compact']]}
        onChoose={(view) => choose({ isCompact: view === 'compact' })}
      />
    </search>
  )
}

type ChoiceProps = {
  label: string
  all: string
  value: string
  options: readonly (readonly [string, string])[]
  onChoose: (value: string) => void
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Select id={id} value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{all}</option>
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </Select>
    </div>
  )
}
