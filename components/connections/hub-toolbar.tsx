'use client'
import { useId } from 'react'
import { Input, Select } from '#components/ui/input.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import { groupOptions, type HubFilter } from './hub-filter.ts'
import type { ChangeFilter } from './use-hub-filter.ts'

/** Where one types to narrow the list. */
export const focusFilter = (): void => document.querySelector<HTMLElement>('[data-filters]')?.focus()

type Props = { items: readonly ProviderView[]; filter: HubFilter; onChange: ChangeFilter }

const owners = [
  ['yours', 'Yours'],
  ['shared', 'Shared with everyone'],
] as const // as const: pairs of a value and its words
const views = [['compact', 'Compact']] as const

/** Narrows the list. Typing replaces the address, choosing adds a step that Back undoes. */
export function HubToolbar({ items, filter, onChange }: Props) {
  const { state, q, category, owner, isCompact } = filter
  const names = [...new Set(items.map((provider) => provider.category))].sort((a, b) => a.localeCompare(b, 'en'))
  const categories = names.map((name) => [name, name] as const) // as const: a pair
  const choose = (change: Partial<HubFilter>) => onChange({ ...filter, ...change }, 'push')
  return (
    <search className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
      <Input
        type="search"
        data-filters
        aria-label="Filter integrations"
        placeholder="Filter integrations"
        className="max-sm:col-span-2 sm:min-w-44 sm:flex-1"
        value={q}
        onChange={({ target }) => onChange({ ...filter, q: target.value }, 'replace')}
      />
      <Choice
        label="Status"
        all="Any status"
        value={state}
        options={groupOptions}
        onChoose={(chosen) => choose({ state: chosen })}
      />
      <Choice
        label="Category"
        all="All categories"
        value={category}
        options={categories}
        onChoose={(chosen) => choose({ category: chosen ?? '' })}
      />
      <Choice
        label="Owner"
        all="Yours and shared"
        value={owner}
        options={owners}
        onChoose={(chosen) => choose({ owner: chosen })}
      />
      <Choice
        label="View"
        all="Comfortable"
        value={isCompact ? 'compact' : null}
        options={views}
        onChoose={(chosen) => choose({ isCompact: chosen === 'compact' })}
      />
    </search>
  )
}

type ChoiceProps<V extends string> = {
  label: string
  /** The words for no choice. */
  all: string
  value: V | null
  options: readonly (readonly [V, string])[]
  onChoose: (value: V | null) => void
}

function Choice<V extends string>({ label, all, value, options, onChoose }: ChoiceProps<V>) {
  const id = useId()
  const choose = (chosen: string) => onChoose(options.find(([name]) => name === chosen)?.[0] ?? null)
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Select id={id} value={value ?? ''} onChange={({ target }) => choose(target.value)}>
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
