import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import type { ResourceView } from '#lib/resources/schema.ts'
import { kindName } from '../names.ts'
import type { Reference } from '../outline.ts'

export type Size = Reference['size']
export type BodyProps = { resource: ResourceView; size: Size }

export type Fact = readonly [term: string, value: ReactNode]

/** What is known of a thing, a fact to a line; what is empty is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(([, value]) => value !== '' && value !== false && value !== undefined && value !== null)
  if (known.length === 0) return null
  return (
    <dl className="grid gap-0.5">
      {known.map(([term, value]) => (
        <div key={term} className="flex min-w-0 gap-2">
          <dt className="w-24 shrink-0 truncate text-ink-3">{kindName(term)}</dt>
          <dd className="min-w-0 flex-1 truncate text-ink-2">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The last line of a card, or its first: short facts with dots between them; what is empty is left out. */
export function Footer({ parts, isFirst = false }: { parts: readonly ReactNode[]; isFirst?: boolean }) {
  const shown = parts.filter((part) => part !== '' && part !== false && part !== undefined && part !== null)
  if (shown.length === 0) return null
  return (
    <p className={cx('truncate text-ink-3 text-small', !isFirst && 'mt-auto')}>
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
