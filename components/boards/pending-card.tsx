'use client'
import { useEffect, useRef } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { useOpenBoard } from './board-context.ts'
import type { Pending } from './use-adding.ts'

/** A reference on its way to the board; one that is there already asks what to do. */
export function PendingCard({ pending }: { pending: Pending }) {
  const { duplicateOf, label } = pending
  return (
    <article
      aria-busy={duplicateOf === null || undefined}
      data-card={duplicateOf === null ? 'resolving' : 'duplicate'}
      className="flex h-full min-h-62 flex-col gap-2 rounded-control border border-control border-dashed bg-surface p-3"
    >
      <p className="truncate text-ink-2">{label}</p>
      {duplicateOf === null ? (
        <div className="grid gap-2">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-full" />
        </div>
      ) : (
        <Duplicate pending={pending} of={duplicateOf} />
      )}
    </article>
  )
}

const text = 'Already on this board.'

function Duplicate({ pending, of }: { pending: Pending; of: string }) {
  const { adding, focus } = useOpenBoard()
  const jump = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    announce(text)
    if (!document.querySelector('dialog:modal')) jump.current?.focus()
  }, [])
  return (
    <>
      <p className="font-semibold">{text}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          ref={jump}
          variant="primary"
          onClick={() => {
            adding.drop(pending.key)
            focus(of)
          }}
        >
          Jump to it
        </Button>
        <Button onClick={() => void adding.addAgain(pending)}>Add again</Button>
        <Button
          variant="quiet"
          onClick={() => {
            adding.drop(pending.key)
            focus(of)
          }}
        >
          Leave it
        </Button>
      </div>
    </>
  )
}
