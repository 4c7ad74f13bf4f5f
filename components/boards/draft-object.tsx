'use client'
import { useOpenBoard } from './board-context.ts'
import { LineEditor } from './line-editor.tsx'
import { NoteEditor } from './note-editor.tsx'
import type { Draft } from './use-adding.ts'

/** A note or section while it is written for the first time; it comes to the board with its words. */
export function DraftObject({ draft }: { draft: Draft }) {
  const { adding } = useOpenBoard()
  const save = (text: string) => adding.write(draft, text)
  const cancel = () => {
    adding.setDraft(null)
    document.querySelector<HTMLElement>(`[data-add="${draft.type}"]`)?.focus()
  }
  return (
    <div className="h-full rounded-control border border-line bg-surface p-3" data-draft={draft.type}>
      {draft.type === 'note' ? (
        <NoteEditor text="" onSave={save} onCancel={cancel} />
      ) : (
        <LineEditor label="Section name" text="" onSave={save} onCancel={cancel} />
      )}
    </div>
  )
}
