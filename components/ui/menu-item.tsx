import { cx } from 'class-variance-authority'
import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

type Line = { label: string; detail?: ReactNode }
export type MenuItem =
  | (Line & { type: 'action'; onSelect: () => void; tone?: 'danger' })
  | (Line & { type: 'link'; href: string })
  | (Line & { type: 'radio'; checked: boolean; onSelect: () => void })
  /** Listed, explained by its detail, not to be chosen. */
  | (Line & { type: 'note' })
export type MenuSection = { label?: string; items: readonly MenuItem[] }

const look = cx(
  'flex w-full items-center gap-2 rounded-badge px-2 py-1.5 text-start text-base text-ink -outline-offset-2',
  'hover:bg-inset focus:bg-inset data-[tone=danger]:text-danger aria-disabled:text-ink-3 pointer-coarse:min-h-11',
)

/** Some items that belong together, under their name if they have one. */
export function Section({ label, items, close }: MenuSection & { close: () => void }) {
  const id = useId()
  if (items.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu; its groups are made by role (ARIA 1.2)
    <div role="group" aria-labelledby={label ? id : undefined} className="py-1 first:pt-0 last:pb-0">
      {label && (
        <div id={id} className="px-2 py-1 font-semibold text-ink-3 text-meta">
          {label}
        </div>
      )}
      {items.map((item) => (
        <Item key={item.label} item={item} close={close} />
      ))}
    </div>
  )
}

function Item({ item, close }: { item: MenuItem; close: () => void }) {
  const words = (
    <span className="grid min-w-0">
      <span className="truncate">{item.label}</span>
      {item.detail && <span className="text-ink-3 text-small">{item.detail}</span>}
    </span>
  )
  if (item.type === 'link')
    return (
      <Link role="menuitem" prefetch={false} tabIndex={-1} href={item.href} className={look} onClick={close}>
        {words}
      </Link>
    )
  if (item.type === 'note')
    return (
      <div role="menuitem" aria-disabled="true" tabIndex={-1} className={look}>
        {words}
      </div>
    )
  // The menu closes first: a dialog opened by the choice then gives the focus back to the menu's button.
  const select = () => {
    close()
    item.onSelect()
  }
  if (item.type === 'action')
    return (
      <button type="button" role="menuitem" tabIndex={-1} data-tone={item.tone} className={look} onClick={select}>
        {words}
      </button>
    )
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={item.checked}
      tabIndex={-1}
      className={look}
      onClick={select}
    >
      <Icon name="check" className={item.checked ? undefined : 'invisible'} />
      {words}
    </button>
  )
}
