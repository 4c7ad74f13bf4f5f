import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { Jack } from '#components/ui/jack.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import type { ResourceView } from '#lib/resources/schema.ts'
import { webAddress } from '../links.ts'
import { kindName } from '../names.ts'
import type { Reference } from '../outline.ts'
import { titleOf } from './body.ts'
import { freshness } from './freshness.ts'
import type { Sight } from './sight.ts'

/** Whose thing, of which kind and from where, how old, and what can be done with it. */
export function Header({
  object,
  sight,
  now,
  menu,
  isLocked,
}: {
  object: Reference
  sight: Sight
  now: number
  menu: ReactNode
  isLocked: boolean
}) {
  const where = sight.resource?.container ?? (sight.resource ? null : `added by ${object.addedBy.name}`)
  return (
    <header className="-me-1 flex min-h-8 items-center gap-2">
      <ProviderIcon provider={object.provider} className={cx(isLocked && 'text-ink-2')} />
      <p className="min-w-0 flex-1 truncate text-ink-2">{[kindName(object.kind), where].filter(Boolean).join(' · ')}</p>
      <Age sight={sight} now={now} />
      {menu}
    </header>
  )
}

function Age({ sight: { state, asOf, resource }, now }: { sight: Sight; now: number }) {
  if (!resource || !asOf) return null
  const { text, isOld } = freshness(Date.parse(asOf), now)
  return (
    <p className="flex shrink-0 items-center gap-1 text-ink-2 tabular-nums" data-freshness>
      {isOld && <Jack name="attention" className="text-warn-icon" />}
      {state === 'offline' ? 'Offline' : text}
    </p>
  )
}

/** What the thing is called there; a link to it where it has an address. */
export function Title({ resource, as: Heading }: { resource: ResourceView; as: 'h2' | 'h3' }) {
  const href = webAddress(resource.url)
  const title = titleOf(resource)
  return (
    <Heading
      className={cx(
        'shrink-0 break-words font-semibold',
        resource.kind === 'code_search' ? 'line-clamp-1' : 'line-clamp-2',
      )}
    >
      {href ? (
        <a href={href} target="_blank" rel="noreferrer noopener" className="hover:underline" data-open>
          {title}
          <span className="sr-only"> (opens in new tab)</span>
        </a>
      ) : (
        title
      )}
    </Heading>
  )
}
