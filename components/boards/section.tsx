'use client'
import { type ReactNode, useId, useState } from 'react'
import { useOpenBoard } from './board-context.ts'
import { LineEditor } from './line-editor.tsx'
import { ObjectFrame } from './object-frame.tsx'
import { ObjectMenu } from './object-menu.tsx'
import type { Section as SectionObject } from './outline.ts'

import { useConflict } from './use-conflict.tsx'

/** A section: its name, and what stands in it as `children`. */
export function Section({ object, count, children }: { object: SectionObject; count: number; children: ReactNode }) {
  const { board, changes, focus } = useOpenBoard()
  const id = useId()
  const [base, setBase] = useState<SectionObject | null>(null)
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
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-3 rounded-group border border-line bg-paper p-3 sm:p-4"
    >
      <ObjectFrame object={object} onOpen={edit} onWords={() => edit?.()}>
        <div className="flex min-h-8 items-center gap-2">
          {base ? (
            <LineEditor label="Section name" text={base.text} onSave={save} onCancel={close} />
          ) : (
            <>
              <h2 id={id} className="min-w-0 break-words font-semibold text-h2">
                {object.text || 'Section without a name'}
              </h2>
              <p className="flex-1 text-ink-3 text-small tabular-nums">
                <span className="sr-only">Objects: </span>
                {count}
              </p>
              <ObjectMenu
                object={object}
                own={edit ? [{ items: [{ type: 'action', label: 'Rename', onSelect: edit }] }] : []}
              />
            </>
          )}
        </div>
        {conflict.notice}
      </ObjectFrame>
      {children}
    </section>
  )
}
