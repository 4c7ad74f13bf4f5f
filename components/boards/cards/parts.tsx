import type { ReactNode } from 'react'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Reference } from '../outline.ts'

export type Size = Reference['size']
export type BodyProps = { resource: ResourceView; size: Size }

/** The last line of a card: short facts with dots between them; what is empty is left out. */
export function Footer({ parts }: { parts: readonly ReactNode[] }) {
  const shown = parts.filter((part) => part !== '' && part !== false && part !== undefined && part !== null)
  if (shown.length === 0) return null
  return (
    <p className="mt-auto truncate text-ink-3 text-small">
      {shown.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one line, never reordered
        <span key={at}>
          {at > 0 && ' · '}
          {part}
        </span>
      ))}
    </p>
  )
}
