'use client'
import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { useOpenBoard } from './board-context.ts'
import { Card } from './cards/card.tsx'
import { DraftObject } from './draft-object.tsx'
import { Note } from './note.tsx'
import type { Item, Place } from './outline.ts'
import { PendingCard } from './pending-card.tsx'
import { Section } from './section.tsx'

const widths = { S: 'w-60', M: 'w-80', L: 'w-120' } as const

function widthOf(object: Item): string {
  if (object.type === 'section') return 'w-full'
  return object.type === 'reference' ? widths[object.size] : 'w-80'
}

type Entry = { object: Item; contents: readonly Item[] }

/** What is on its way to a place of this lane. */
function useComing(section: string | null): { place: Place; key: string; className: string; node: ReactNode }[] {
  const { adding } = useOpenBoard()
  const { draft, pending } = adding
  const all = [
    ...pending.map((one) => ({
      place: one.place,
      key: one.key,
      className: 'w-80',
      node: <PendingCard pending={one} />,
    })),
    ...(draft
      ? [
          {
            place: draft.place,
            key: 'draft',
            className: draft.type === 'section' ? 'w-full' : 'w-80',
            node: <DraftObject draft={draft} />,
          },
        ]
      : []),
  ]
  return all.filter(({ place }) => place.section === section)
}

/** Objects in the order in which they are read, side by side as far as there is room; `section` is where they stand. */
export function Lane({
  section,
  entries,
  label,
}: {
  section: string | null
  entries: readonly Entry[]
  label: string
}) {
  const coming = useComing(section)
  const known = new Set(entries.map(({ object }) => object.id))
  const draw = (some: typeof coming) =>
    some.map(({ key, className, node }) => (
      <li key={key} className={cx('max-w-full', className)}>
        {node}
      </li>
    ))
  const last = coming.filter(({ place }) => !place.after || !known.has(place.after))
  if (entries.length === 0 && last.length === 0) return null
  return (
    <ol aria-label={label} className="flex flex-wrap items-stretch gap-4">
      {entries.flatMap(({ object, contents }) => [
        <li key={object.id} className={cx('max-w-full', widthOf(object))}>
          <Entry object={object} contents={contents} />
        </li>,
        ...draw(coming.filter(({ place }) => place.after === object.id)),
      ])}
      {draw(last)}
    </ol>
  )
}

function Entry({ object, contents }: Entry) {
  if (object.type === 'note') return <Note object={object} />
  if (object.type === 'reference') return <Card object={object} />
  const inside = contents.map((one) => ({ object: one, contents: [] }))
  return (
    <Section object={object} count={contents.length}>
      <Lane section={object.id} entries={inside} label={object.text || 'Section without a name'} />
    </Section>
  )
}
