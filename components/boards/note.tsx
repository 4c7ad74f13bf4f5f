'use client'
import { useState } from 'react'
import { useOpenBoard } from './board-context.ts'
import { linkParts } from './links.ts'
import { NoteEditor } from './note-editor.tsx'
import { ObjectFrame } from './object-frame.tsx'
import { ObjectMenu } from './object-menu.tsx'
import type { Note as NoteObject } from './outline.ts'
import { useConflict } from './use-conflict.tsx'

/** A note: words, with what is an address in them as a link. */
export function Note({ object }: { object: NoteObject }) {
  const { board, changes, focus } = useOpenBoard()
  const [base, setBase] = useState<NoteObject | null>(null)
  const conflict = useConflict(object, base)
  const edit = board.mayEdit ? () => setBase(object) : undefined

  const close = () => {
    setBase(null)
    focus(object.id)
  }
  const save = async (text: string): Promise<boolean> => {
    if (base && text !== base.text) {
      await conflict.check()
      if (!(await changes.edit(object.id, { text }))) return false
    }
    close()
    return true
  }
  return (
    <ObjectFrame object={object} onOpen={edit} onWords={() => edit?.()} className="flex flex-col">
      <div className="flex flex-1 flex-col gap-2 rounded-control border border-line bg-surface p-3">
        {base ? (
          <NoteEditor text={base.text} onSave={save} onCancel={close}>
            {conflict.notice}
          </NoteEditor>
        ) : (
          <>
            <div className="-me-1 -mt-1 flex items-start gap-2">
              <NoteText text={object.text} onEdit={edit} />
              <ObjectMenu
                object={object}
                own={edit ? [{ items: [{ type: 'action', label: 'Edit', onSelect: edit }] }] : []}
              />
            </div>
            {conflict.notice}
          </>
        )}
      </div>
    </ObjectFrame>
  )
}

function NoteText({ text, onEdit }: { text: string; onEdit: (() => void) | undefined }) {
  return (
    // The menu and F2 do the same: a double click is only the shorter way.
    <p className="min-w-0 flex-1 whitespace-pre-wrap break-words pt-1.5" onDoubleClick={onEdit}>
      {linkParts(text).map(({ text: part, href }, at) =>
        href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, never reordered
          <a key={at} href={href} target="_blank" rel="noreferrer noopener" className="link break-all">
            {part}
            <span className="sr-only"> (opens in new tab)</span>
          </a>
        ) : (
          part
        ),
      )}
      {text === '' && <span className="text-ink-3">Empty note</span>}
    </p>
  )
}
