'use client'
import { useRef } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { dayOf, presetOf, presets } from './audit-filter.ts'
import { actionName, resultNames } from './audit-words.ts'
import type { ActiveFilter, Choices } from './use-audit-filter.ts'

type Chip = { key: string; text: string; remove: () => void }

/** What the log is narrowed to, each part to be taken out: by a press, Backspace or Delete; the next one has the focus then. */
export function AuditChips({ filter, ...choices }: { filter: ActiveFilter } & Choices) {
  const list = useRef<HTMLUListElement>(null)
  const chips = chipsOf(filter, choices)
  const take = (at: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const next = buttons[at + 1] ?? buttons[at - 1] ?? document.querySelector<HTMLElement>('main search select')
    chips[at]?.remove()
    next?.focus()
  }
  if (chips.length === 0) return null
  return (
    <ul ref={list} aria-label="Active filters" className="flex flex-wrap gap-2">
      {chips.map(({ key, text }, at) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => take(at)}
            onKeyDown={({ key: pressed }) => ['Backspace', 'Delete'].includes(pressed) && take(at)}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-control border border-line bg-inset px-2 text-small hover:border-control pointer-coarse:min-h-11"
          >
            {text}
            <Icon name="close" className="text-ink-3" />
            <span className="sr-only">, remove</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function chipsOf({ value, change }: ActiveFilter, { actors, tools, today }: Choices): Chip[] {
  const preset = presetOf({ from: value('from'), to: value('to') }, today)
  const nameIn = (all: readonly (readonly [string, string])[], id: string) => all.find(([one]) => one === id)?.[1] ?? id
  const people = actors.map(({ id, name }) => [id, name] as const) // as const: a pair
  const words: [name: string, text: string][] = [
    ['actor', `Who: ${nameIn(people, value('actor'))}`],
    ['provider', `Tool: ${nameIn(tools, value('provider'))}`],
    ['result', `Result: ${nameIn(Object.entries(resultNames), value('result'))}`],
    ['target', `Target: ${value('target')}`],
    ['from', preset ? nameIn(presets, preset) : `From ${dayOf(value('from'))}`],
    ['to', `To ${dayOf(value('to'))}`],
  ]
  const single = words
    .filter(([name]) => value(name) !== '')
    .map(([name, text]): Chip => ({ key: name, text, remove: () => change(name, '') }))
  const actions = value('action').split(',').filter(Boolean)
  const each = actions.map(
    (action): Chip => ({
      key: action,
      text: actionName(action),
      remove: () => change('action', actions.filter((one) => one !== action).join(',')),
    }),
  )
  return [...single, ...each]
}
