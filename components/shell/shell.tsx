import type { ReactNode } from 'react'
import { buttonLook } from '#components/ui/button-look.ts'
import { Icon } from '#components/ui/icon.tsx'
import { NavLink } from '#components/ui/nav-link.tsx'
import { ClosesOnNavigation } from './closes-on-navigation.tsx'
import { GlobalKeys } from './global-keys.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { OrgSwitcher } from './org-switcher.tsx'
import type { Invitations, NavGroup, Organization, Person } from './props.ts'
import { UserMenu } from './user-menu.tsx'

const sidebarId = 'sidebar'

/**
 * The frame of every page inside an organization. `nav` lists the rooms there are for this person; `chip` is what goes on
 * elsewhere ("Waiting for GitHub 0:42"). On a phone the sidebar is a popover under a bar.
 */
export function Shell({
  current,
  organizations,
  invitations,
  nav,
  person,
  chip,
  children,
}: {
  current: Organization
  organizations: readonly Organization[]
  invitations?: Invitations
  nav: readonly NavGroup[]
  person: Person
  chip?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="sm:grid sm:grid-cols-[13.5rem_minmax(0,1fr)]">
      <header className="sticky top-0 z-20 flex items-center gap-2 border-line border-b bg-paper px-2 max-sm:h-12 sm:h-dvh sm:flex-col sm:items-stretch sm:border-e sm:border-b-0 sm:px-3 sm:py-4">
        <button
          type="button"
          popoverTarget={sidebarId}
          aria-label="Menu"
          className={buttonLook({ variant: 'quiet', size: 'icon', className: 'sm:hidden' })}
        >
          <Icon name="menu" className="size-5" />
        </button>
        <p className="min-w-0 flex-1 truncate font-semibold sm:hidden">{current.name}</p>
        <ClosesOnNavigation
          id={sidebarId}
          className="inset-y-0 start-0 end-auto m-0 h-dvh max-h-none w-64 flex-col gap-4 overflow-y-auto border-line border-e bg-paper p-3 text-ink backdrop:bg-scrim open:flex sm:static sm:flex sm:h-auto sm:min-h-0 sm:w-auto sm:flex-1 sm:border-0 sm:p-0"
        >
          <OrgSwitcher current={current} organizations={organizations} invitations={invitations} nav={nav} />
          <MainNav groups={nav} />
          <UserMenu person={person} />
        </ClosesOnNavigation>
        {chip && <div className="min-w-0 sm:px-2 sm:pt-2">{chip}</div>}
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="flex min-h-[calc(100dvh-3rem)] min-w-0 flex-col outline-none sm:min-h-dvh"
      >
        <OfflineBanner />
        <GlobalKeys />
        {children}
      </main>
    </div>
  )
}

function MainNav({ groups }: { groups: readonly NavGroup[] }) {
  return (
    <nav aria-label="Main" className="grid flex-1 content-start gap-4">
      {groups.map(({ heading, items }) => (
        <div key={heading}>
          <p className="px-2 pb-1 font-semibold text-ink-3 text-meta">{heading}</p>
          <ul className="grid gap-0.5">
            {items.map(({ href, label, keys }) => (
              <li key={href}>
                <NavLink
                  href={href}
                  data-keys={keys}
                  className="flex min-h-7 items-center rounded-control border border-transparent px-2 text-ink-2 hover:bg-inset hover:text-ink aria-[current=page]:border-line aria-[current=page]:bg-inset aria-[current=page]:font-semibold aria-[current=page]:text-ink pointer-coarse:min-h-11"
                >
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}
