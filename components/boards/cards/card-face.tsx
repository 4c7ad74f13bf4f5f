import { cva } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { headingOf, type Reference } from '../outline.ts'
import { Body } from './bodies.tsx'
import { Header, Title } from './card-header.tsx'
import { type CardAction, Locked, Waiting } from './locked.tsx'
import type { Sight } from './sight.ts'

/** The room a card takes depends on its size alone, and the fullest one needs no more: nothing jumps when it opens. */
const frame = cva('flex h-full w-full max-w-full flex-col gap-2 rounded-control border bg-surface p-3 text-start', {
  variants: {
    size: { S: 'min-h-42', M: 'min-h-62', L: 'min-h-88' },
    locked: { true: 'border-control border-dashed', false: 'border-line' },
  },
})

/** A card in whatever state it is in. `menu` stands in its corner; `connect` replaces the button that connects. */
export function CardFace({
  object,
  sight,
  provider,
  now,
  seenBy = null,
  menu,
  connect,
  onReplace,
  onAction,
}: {
  object: Reference
  sight: Sight
  provider: string
  now: number
  /** How many see such cards, without a word about this one: "7 of 12 teammates see GitHub cards here." */
  seenBy?: string | null
  menu?: ReactNode
  connect?: ReactNode
  /** Chooses something else in the place of what is gone. */
  onReplace?: () => void
  onAction: (action: CardAction) => void
}) {
  const { state, resource } = sight
  const isLocked = !resource && state !== 'resolving'
  return (
    <article
      data-card={state}
      aria-busy={state === 'resolving' || undefined}
      className={frame({ size: object.size, locked: isLocked })}
    >
      <Header object={object} sight={sight} now={now} menu={menu} isLocked={isLocked} />
      {object.caption && (
        <p className="break-words text-ink-2 text-small">
          <span className="text-ink-3">Caption: </span>
          {object.caption}
        </p>
      )}
      {state === 'resolving' && <Coming />}
      {resource && (
        <>
          <Title resource={resource} as={headingOf(object)} />
          {state === 'limited' && <Waiting provider={provider} sight={sight} />}
          <Body resource={resource} size={object.size} />
        </>
      )}
      {isLocked && <Locked {...{ object, sight, provider, seenBy, connect, onReplace, onAction }} />}
    </article>
  )
}

function Coming() {
  return (
    <div className="grid gap-2">
      <Skeleton className="h-5 w-3/4" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}
