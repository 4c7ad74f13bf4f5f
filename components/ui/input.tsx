import { cx } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { control } from './control.ts'

/** One line of text. `mono` for keys, ids and addresses, where I, l and 1 must differ. */
export function Input({ mono = false, className, ...rest }: ComponentProps<'input'> & { mono?: boolean }) {
  return <input className={control({ className: cx('h-8', mono && 'font-mono', className) })} {...rest} />
}

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea className={control({ className: cx('field-sizing-content min-h-16 py-1.5', className) })} {...rest} />
  )
}

/** The browser's own select, `children` its options. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={control({ className: cx('h-8 cursor-pointer pe-1', className) })} {...rest} />
}
