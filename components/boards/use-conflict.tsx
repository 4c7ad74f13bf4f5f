'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Details } from '#components/ui/details.tsx'
import { boardOf } from '#lib/boards/client.ts'
import { useOpenBoard } from './board-context.ts'
import type { Note, Section } from './outline.ts'

type Worded = Note | Section
type Other = { name: string; text: string }

/** Somebody else's words since one began: theirs, if they differ from those one began with. */
function otherSince(base: Worded, current: Worded | undefined, viewer: string): Other | null {
  if (!current || current.text === base.text || current.updatedBy.id === viewer) return null
  return { name: current.updatedBy.name, text: current.text }
}

/**
 * Tells that somebody else changed the same words while one was at it. The last to save wins; the other's words can be
 * read and are not lost without a word. `check` looks right before saving.
 */
export function useConflict(object: Worded, base: Worded | null): { notice: ReactNode; check: () => Promise<void> } {
  const client = useQueryClient()
  const { org, viewer, board } = useOpenBoard()
  const [met, setMet] = useState<Other | null>(null)
  const other = base ? otherSince(base, object, viewer) : met

  const check = async () => {
    if (!base) return
    const newest = await client.fetchQuery({ ...boardOf(org, board.id), staleTime: 0 }).catch(() => null)
    const current = newest?.objects.find((one): one is Worded => one.id === object.id && one.type === object.type)
    const found = otherSince(base, current, viewer)
    setMet(found)
    if (found) announce(`${found.name} also edited this ${object.type}.`)
  }
  const notice = other && (
    <div className="grid gap-1 text-small" data-conflict>
      <p className="text-warn">
        {other.name} also edited this {object.type}.
      </p>
      <Details summary={base ? 'What it says now' : 'What it said before'}>
        <p className="whitespace-pre-wrap break-words text-ink-2">{other.text}</p>
      </Details>
    </div>
  )
  return { notice, check }
}
