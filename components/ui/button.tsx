import type { VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { buttonLook } from './button-look.ts'
import { Jack } from './jack.tsx'

type Look = VariantProps<typeof buttonLook>

/** A button. `busy` keeps it focusable and says so; the caller ignores a second press while it lasts. */
export function Button({
  variant,
  size,
  busy = false,
  type = 'button',
  className,
  children,
  ...rest
}: ComponentProps<'button'> & Look & { busy?: boolean }) {
  return (
    <button
      type={type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={buttonLook({ variant, size, className })}
      {...rest}
    >
      {busy && <Jack name="busy" />}
      {children}
    </button>
  )
}
