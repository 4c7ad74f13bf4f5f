'use client'
import { useState } from 'react'
import { Input, Select } from '#components/ui/input.tsx'
import { dayOf, momentOf, presetFrom, presetOf, presets } from './audit-filter.ts'
import { Labelled } from './audit-labelled.tsx'
import type { ActiveFilter } from './use-audit-filter.ts'

type Filtering = { filter: ActiveFilter }

/** When: the last days by one choice, or from one day to another. Days are those of UTC, as in the CSV. `today` as the server has it. */
export function AuditDates({ filter, today }: Filtering & { today: string }) {
  return (
    <>
      <Preset filter={filter} today={today} />
      <Day label="From (UTC)" edge="from" filter={filter} />
      <Day label="To (UTC)" edge="to" filter={filter} />
    </>
  )
}

function Preset({ filter, today }: Filtering & { today: string }) {
  const [from, to] = [filter.value('from'), filter.value('to')]
  const preset = presetOf({ from, to }, today)
  const choose = (days: string) => filter.changeAll({ from: days && presetFrom(Number(days), today), to: '' })
  return (
    <Labelled label="When">
      {(id) => (
        <Select id={id} value={preset ?? (from || to ? 'own' : '')} onChange={({ target }) => choose(target.value)}>
          <option value="">Any time</option>
          {presets.map(([days, words]) => (
            <option key={days} value={days}>
              {words}
            </option>
          ))}
          {preset === null && (from || to) && <option value="own">These days</option>}
        </Select>
      )}
    </Labelled>
  )
}

/** A day, typed as 2026-11-01. It narrows the log once it is whole; what is no day says so when one leaves it. */
function Day({ label, edge, filter }: Filtering & { label: string; edge: 'from' | 'to' }) {
  const wanted = dayOf(filter.value(edge))
  const [typed, setTyped] = useState(wanted)
  const [seen, setSeen] = useState(wanted)
  const [isLeft, setIsLeft] = useState(false)
  if (seen !== wanted) {
    setSeen(wanted)
    setTyped(wanted)
  }
  const type = (text: string) => {
    setTyped(text)
    setIsLeft(false)
    const moment = momentOf(text.trim(), edge)
    if (moment || text === '') filter.changeAll({ [edge]: moment ?? '' })
  }
  const isWrong = isLeft && typed !== '' && momentOf(typed.trim(), edge) === null
  return (
    <Labelled label={label}>
      {(id) => (
        <div className="grid gap-1 sm:w-32">
          <Input
            id={id}
            value={typed}
            maxLength={12}
            placeholder="YYYY-MM-DD"
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => type(target.value)}
            onBlur={() => setIsLeft(true)}
            aria-invalid={isWrong || undefined}
            aria-describedby={isWrong ? `${id}-error` : undefined}
          />
          {isWrong && (
            <p id={`${id}-error`} className="text-error text-small">
              Write a day like 2026-11-01.
            </p>
          )}
        </div>
      )}
    </Labelled>
  )
}
