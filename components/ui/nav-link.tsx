'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ComponentProps, FocusEvent } from 'react'
import { isCurrent } from './current.ts'

/** Of a link that is half out of a bar that scrolls, the browser shows no more when it gets the focus. */
const showWhole = ({ currentTarget }: FocusEvent<HTMLAnchorElement>) =>
  currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })

type NavLinkProps = ComponentProps<typeof Link> & {
  href: string
  exact?: boolean
  /** It stands in a bar that scrolls sideways. */
  inBar?: boolean
}

/** A link that knows whether its page, or one under it, is the one shown. `exact` leaves out the pages under it. */
export function NavLink({ exact = false, inBar = false, ...rest }: NavLinkProps) {
  const current = isCurrent(usePathname(), rest.href, exact)
  return <Link aria-current={current ? 'page' : undefined} onFocus={inBar ? showWhole : undefined} {...rest} />
}
