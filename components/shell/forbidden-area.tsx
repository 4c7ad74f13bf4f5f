'use client'
import { usePathname } from 'next/navigation'
import { ForbiddenMessage } from './forbidden-message.tsx'

const members = 'Members of the organization can open them. Ask an admin.'
const reviewers = 'Owners, admins and compliance reviewers can open it. Ask an admin.'
const areas = [
  ['/settings/integrations', 'integrations', members],
  ['/settings/members', 'the members', members],
  ['/settings/governance', 'governance', reviewers],
  ['/settings/audit', 'the audit log', reviewers],
] as const // as const: a path and its words

/** What a member reads at an address that their role does not open. */
export function ForbiddenArea() {
  const pathname = usePathname()
  const [, area, who] = areas.find(([path]) => pathname.includes(path)) ?? ['', 'the settings', members]
  return (
    <>
      <title>{`No access to ${area} – Plugboard`}</title>
      <ForbiddenMessage title={`You don't have access to ${area}`} who={who} />
    </>
  )
}
