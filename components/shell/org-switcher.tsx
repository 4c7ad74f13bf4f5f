'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import { Menu } from '#components/ui/menu.tsx'
import type { MenuItem } from '#components/ui/menu-item.tsx'
import { ownOrganizations } from '#lib/tenancy/client.ts'
import type { Invitations, NavGroup, Organization } from './props.ts'
import { samePage } from './same-page.ts'

const searchFrom = 8

/** Which organization is shown, and the way to another one: a full page load, so that nothing of the old one is left in memory. */
export function OrgSwitcher({
  current,
  organizations,
  invitations,
  nav,
}: {
  current: Organization
  organizations: readonly Organization[]
  invitations?: Invitations
  nav: readonly NavGroup[]
}) {
  const pathname = usePathname()
  const [opened, setOpened] = useState(false)
  const attentionIn = useAttention(opened)
  const hrefs = nav.flatMap(({ items }) => items.map(({ href }) => href))
  const entry = (organization: Organization): MenuItem => {
    const { slug, name, role, suspended } = organization
    const detail = suspended ?? [role, attentionIn(slug)].filter(Boolean).join(' · ')
    if (suspended) return { type: 'note', label: name, detail }
    const onSelect = () => location.assign(samePage(pathname, current.slug, slug, hrefs))
    return { type: 'radio', label: name, detail, checked: slug === current.slug, onSelect }
  }
  const more: MenuItem[] = [{ type: 'link', label: 'Create organization', href: '/new' }]
  if (invitations && invitations.count > 0)
    more.push({ type: 'link', label: `Accept invitations (${invitations.count})`, href: invitations.href })
  return (
    <Menu
      label="Switch organization"
      keys="g o"
      onOpen={() => setOpened(true)}
      filter={organizations.length >= searchFrom ? 'Find an organization' : undefined}
      className="flex min-h-9 w-full items-center gap-2 rounded-control border border-line bg-surface px-2 py-1 text-start hover:bg-inset pointer-coarse:min-h-11"
      trigger={
        <>
          <span
            aria-hidden="true"
            className="grid size-5 shrink-0 place-items-center rounded-badge bg-primary font-semibold text-meta text-on-primary"
          >
            {current.name.charAt(0).toLocaleUpperCase()}
          </span>
          <span className="sr-only">Switch organization:</span>
          <span className="min-w-0 flex-1 truncate font-semibold">{current.name}</span>
          <Icon name="choose" className="text-ink-3" />
        </>
      }
      sections={[{ items: organizations.map(entry) }, { items: more }]}
    />
  )
}

/** In words, how many tools need attention in an organization; nothing while it is not known, and where all is well. */
function useAttention(isWanted: boolean): (slug: string) => string | null {
  const { data = [] } = useQuery({ ...ownOrganizations(), enabled: isWanted })
  return (slug) => {
    const count = data.find((organization) => organization.slug === slug)?.attention ?? 0
    return count > 0 ? `${count} ${count === 1 ? 'needs' : 'need'} attention` : null
  }
}
