'use client'
import { useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Details } from '#components/ui/details.tsx'
import { Input, Select } from '#components/ui/input.tsx'
import { AuditResult } from '#lib/audit/schema.ts'
import { AuditDates } from './audit-dates.tsx'
import { Labelled } from './audit-labelled.tsx'
import { actionGroups, actionName, resultNames } from './audit-words.ts'
import type { ActiveFilter, Choices } from './use-audit-filter.ts'

type Filtering = { filter: ActiveFilter }

/** Narrows the log by who, what, where, how it ended and when. */
export function AuditFilters({ filter, actors, tools, today }: Filtering & Choices) {
  return (
    <search className="grid gap-3">
      <div className="grid grid-cols-2 items-start gap-2 sm:flex sm:flex-wrap">
        <Choice label="Who" name="actor" all="Anyone" filter={filter}>
          {actors.map(({ id, name }) => [id, name])}
        </Choice>
        <Choice label="Tool" name="provider" all="Any tool" filter={filter}>
          {tools}
        </Choice>
        <Choice label="Result" name="result" all="Any result" filter={filter}>
          {AuditResult.options.map((one) => [one, resultNames[one]])}
        </Choice>
        <Target filter={filter} />
        <AuditDates filter={filter} today={today} />
      </div>
      <Actions filter={filter} />
    </search>
  )
}

type ChoiceProps = Filtering & {
  label: string
  name: string
  /** The words for no choice. */
  all: string
  children: readonly (readonly [value: string, words: string])[]
}

function Choice({ label, name, all, filter, children }: ChoiceProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <Select id={id} value={filter.value(name)} onChange={({ target }) => filter.change(name, target.value)}>
          <option value="">{all}</option>
          {children.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  )
}

/** Part of a name. What is typed stays as it is typed; what changes elsewhere (Back, a chip) is taken over. */
function Target({ filter }: Filtering) {
  const wanted = filter.value('target')
  const [typed, setTyped] = useState(wanted)
  const shown = typed.trim() === wanted ? typed : wanted
  return (
    <Labelled label="Target">
      {(id) => (
        <Input
          id={id}
          type="search"
          maxLength={100}
          value={shown}
          onChange={({ target }) => {
            setTyped(target.value)
            filter.change('target', target.value.trim(), 'typed')
          }}
        />
      )}
    </Labelled>
  )
}

function Actions({ filter }: Filtering) {
  const chosen = filter.value('action').split(',').filter(Boolean)
  const toggle = (action: string, isOn: boolean) => {
    const next = isOn ? [...chosen, action] : chosen.filter((one) => one !== action)
    filter.change('action', next.join(','))
  }
  return (
    <Details summary={chosen.length === 0 ? 'Any action' : `Actions: ${chosen.length} chosen`}>
      <div className="grid gap-4 py-2 sm:grid-cols-2 lg:grid-cols-4">
        {actionGroups().map(([name, actions]) => (
          <fieldset key={name} className="grid content-start gap-1">
            <legend className="pb-1 font-semibold text-small">{name}</legend>
            {actions.map((action) => (
              <Checkbox
                key={action}
                label={actionName(action)}
                checked={chosen.includes(action)}
                onChange={({ target }) => toggle(action, target.checked)}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </Details>
  )
}
