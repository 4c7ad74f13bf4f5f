'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ComponentProps } from 'react'
import { isCurrent } from './current.ts'

/** A link that knows whether its page, or one under it, is the one shown. `exact` leaves out the pages under it. */
export function NavLink({ exact = false, ...rest }: ComponentProps<typeof Link> & { href: string; exact?: boolean }) {
  const current = isCurrent(usePathname(), rest.href, exact)
  return <Link aria-current={current ? 'page' : undefined} {...rest} />
}
