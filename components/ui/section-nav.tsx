import { NavLink } from './nav-link.tsx'

/** The sections of one thing, each a page of its own: links, not tabs. `label` names them: "GitHub sections". */
export function SectionNav({
  label,
  items,
}: {
  label: string
  items: readonly { href: string; label: string; exact?: boolean }[]
}) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {items.map(({ href, label, exact }) => (
          <li key={href}>
            <NavLink
              inBar
              href={href}
              exact={exact}
              className="-mb-px block whitespace-nowrap border-transparent border-b-2 px-2 py-2 text-ink-2 -outline-offset-2 hover:text-ink aria-[current=page]:border-ink aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
