import type { VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonLook } from './button-look.ts'

/** A link that looks like a button: it goes somewhere, and reads as a link. Rows are full of them, so none is fetched ahead. */
export function ButtonLink({
  variant,
  size,
  className,
  ...rest
}: ComponentProps<typeof Link> & VariantProps<typeof buttonLook>) {
  return <Link prefetch={false} className={buttonLook({ variant, size, className })} {...rest} />
}
