'use client'
import { type ReactNode, useId, useState } from 'react'
import { type MenuSection, Section } from './menu-item.tsx'
import { useMenu } from './use-menu.ts'

/**
 * A menu button (WAI-ARIA APG): arrows, Home, End, first letters, Escape; focus comes back to the button. `trigger` is what the
 * button shows and `className` its look; `name` is what it is called where it shows no words. `label` names the menu.
 */
export function Menu({
  label,
  name,
  trigger,
  className,
  align = 'start',
  filter,
  sections,
  onOpen,
  keys,
}: {
  label: string
  name?: string
  trigger: ReactNode
  className: string
  align?: 'start' | 'end'
  /** The name of a search field above the items, for long lists. */
  filter?: string
  sections: readonly MenuSection[]
  /** What is worth asking for only once somebody looks. */
  onOpen?: () => void
  /** What is pressed, one after the other, to open it: "g o". */
  keys?: string
}) {
  const id = useId()
  const { open, isDrawn, close, button, panel } = useMenu(align)
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLocaleLowerCase()
  return (
    <>
      <button
        {...button}
        type="button"
        popoverTarget={id}
        data-keys={keys}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={name}
        className={className}
      >
        {trigger}
      </button>
      <div
        {...panel}
        onToggle={(event) => {
          panel.onToggle(event)
          if (event.newState === 'open') onOpen?.()
        }}
        id={id}
        popover="auto"
        role="presentation"
        className="float fixed max-h-[80dvh] w-max min-w-48 max-w-menu overflow-y-auto p-1"
      >
        {filter && (
          <input
            type="search"
            aria-label={filter}
            placeholder={filter}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="mb-1 h-8 w-full rounded-badge border border-control bg-surface px-2 placeholder:text-ink-3"
          />
        )}
        {isDrawn && (
          <div role="menu" aria-label={label} className="divide-y divide-line">
            {sections.map((section, at) => (
              <Section
                key={section.label ?? at}
                label={section.label}
                items={section.items.filter((item) => item.label.toLocaleLowerCase().includes(wanted))}
                close={close}
              />
            ))}
          </div>
        )}
      </div>
    </>
  )
}
