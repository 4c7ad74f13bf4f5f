'use client'
import { useState } from 'react'
import { useOpenBoard } from '#components/boards/board-context.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import type { Source } from '#lib/answers/schema.ts'
import { unseenSentences } from './audience.ts'
import type { Entry } from './use-answers.ts'

const NOTE_LENGTH = 10_000

function noteOf({ question, text }: Entry, cited: readonly Source[]): string {
  const named = cited.map(({ number, title }) => `[${number}] ${title}`)
  return [question, text.trim(), ...(named.length > 0 ? [named.join('\n')] : [])].join('\n\n').slice(0, NOTE_LENGTH)
}

/** Puts an answer on the board as a note, for everybody; says first who could not see what it rests on. */
export function AddToBoard({ entry, cited }: { entry: Entry; cited: readonly Source[] }) {
  const { board, sources, changes, focus } = useOpenBoard()
  const [isAsking, setIsAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  if (!board.mayEdit) return null
  const warnings = unseenSentences(cited, sources)
  const add = async () => {
    setBusy(true)
    try {
      const note = { type: 'note' as const, text: noteOf(entry, cited) }
      const { id } = await changes.add(note, 'added an answer')
      announce('Added.')
      setIsAsking(false)
      focus(id)
    } catch (error) {
      changes.fail(error)
      setIsAsking(false)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        size="row"
        variant="quiet"
        aria-haspopup={warnings.length > 0 ? 'dialog' : undefined}
        onClick={() => (warnings.length > 0 ? setIsAsking(true) : void add())}
      >
        Add to board as note
      </Button>
      {isAsking && (
        <AlertDialog
          title="Add this answer for everyone?"
          confirm="Add to board"
          tone="primary"
          busy={busy}
          onConfirm={() => void add()}
          onClose={() => setIsAsking(false)}
        >
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
          <p>Everyone who sees this board reads the note, with what it says of those cards.</p>
        </AlertDialog>
      )}
    </>
  )
}
