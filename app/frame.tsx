import type { ReactNode } from 'react'
import { WaitingChip } from '#components/connections/waiting-chip.tsx'
import { BarePage } from '#components/shell/bare-page.tsx'
import { Shell } from '#components/shell/shell.tsx'
import { SessionEnded } from '#components/tenancy/session-ended.tsx'
import { UnconfirmedNotice } from '#components/tenancy/unconfirmed-notice.tsx'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { readFrame } from '#lib/tenancy/queries.ts'
import { type MembershipView, roleLabels } from '#lib/tenancy/schema.ts'
import { Providers } from './providers.tsx'

type Named = Pick<MembershipView, 'slug' | 'name' | 'role'>

function navigation({ slug, role }: Named) {
  const settings = `/${slug}/settings`
  const boards = { heading: 'Work', items: [{ href: `/${slug}/boards`, label: 'Boards', keys: 'g b' }] }
  // a guest sees the boards shared with them and nothing of the organization
  if (role === 'guest') return [boards]
  const items = [
    { href: `${settings}/general`, label: 'General' },
    { href: `${settings}/members`, label: 'Members' },
    { href: `${settings}/integrations`, label: 'Integrations', keys: 'g i' },
    ...(role === 'member'
      ? []
      : [
          { href: `${settings}/governance`, label: 'Governance' },
          { href: `${settings}/audit`, label: 'Audit log' },
        ]),
    { href: `${settings}/api-tokens`, label: 'API tokens' },
  ]
  return [boards, { heading: 'Settings', items }]
}

/** The shell around every page of somebody who is signed in; `slug` is the organization shown, else the one used last. */
export async function Frame({ slug, children }: { slug?: string; children: ReactNode }) {
  const person = await requirePerson()
  const { organizations, invitations } = await readFrame(person)
  const current = organizations.find((organization) => organization.slug === slug) ?? organizations[0]
  const all = organizations.map((organization) => toProps(organization))
  if (!current) return <BarePage>{children}</BarePage>
  return (
    <Providers key={current.id}>
      <Shell
        current={toProps(current)}
        organizations={all}
        invitations={{ count: invitations, href: '/new' }}
        nav={navigation(current)}
        person={{ name: person.name, email: person.email }}
        chip={<WaitingChip />}
      >
        {!person.emailConfirmed && (
          <div className="max-w-page px-4 pt-6 sm:px-8">
            <UnconfirmedNotice email={person.email} />
          </div>
        )}
        {children}
      </Shell>
      <SessionEnded email={person.email} />
    </Providers>
  )
}

const toProps = ({ slug, name, role }: Named) => ({ slug, name, role: roleLabels[role] })
