'use client'
import { usePathname } from 'next/navigation'
import { ForbiddenMessage } from './forbidden-message.tsx'

const areas = [
  ['/settings/integrations', 'integrations'],
  ['/settings/members', 'the members'],
] as const // as const: pairs of a path and its words

/** What a member reads at an address that their role does not open. */
export function ForbiddenArea() {
  const pathname = usePathname()
  const area = areas.find(([path]) => pathname.includes(path))?.[1] ?? 'the settings'
  return (
    <>
      <title>{`No access to ${area} – Plugboard`}</title>
      <ForbiddenMessage
        title={`You don't have access to ${area}`}
        who="Members of the organization can open them. Ask an admin."
      />
    </>
  )
}
