'use client'
import { useEffect, useRef } from 'react'
import { Notice } from './notice.tsx'

/** What is wrong with a form, at its top and focused: shown for two errors or more. `id` is the control's. */
export function ErrorSummary({ errors }: { errors: readonly { id: string; text: string }[] }) {
  const summary = useRef<HTMLDivElement>(null)
  const shown = errors.length > 1
  useEffect(() => {
    if (shown) summary.current?.focus()
  }, [shown])
  if (!shown) return null
  return (
    <div ref={summary} tabIndex={-1}>
      <Notice tone="error" title="Check these answers">
        <ul className="grid gap-2">
          {errors.map(({ id, text }) => (
            <li key={id}>
              <a className="link" href={`#${id}`}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
