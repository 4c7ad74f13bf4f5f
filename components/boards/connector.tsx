'use client'
import { cx } from 'class-variance-authority'
import { useState } from 'react'
import { useOpenBoard } from './board-context.ts'
import { LineEditor } from './line-editor.tsx'
import { objectName } from './names.ts'
import { ObjectFrame } from './object-frame.tsx'
import { ObjectMenu } from './object-menu.tsx'
import type { Connector as ConnectorObject } from './outline.ts'

/** The longest label the server takes. */
const LONGEST = 200

/** An arrow between two objects, as a line: "A → B", with what it says. */
export function Connector({ object }: { object: ConnectorObject }) {
  const { board, changes, focus } = useOpenBoard()
  const [isEditing, setIsEditing] = useState(false)
  const edit = board.mayEdit ? () => setIsEditing(true) : undefined
  const close = () => {
    setIsEditing(false)
    focus(object.id)
  }
  const save = async (text: string): Promise<boolean> => {
    if (!(await changes.edit(object.id, { text }))) return false
    close()
    return true
  }
  const label = object.text ? 'Change label' : 'Add a label'
  return (
    <ObjectFrame object={object} onOpen={edit} onWords={() => edit?.()}>
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
        <End id={object.from} />
        <span aria-hidden="true" className="text-ink-3">
          →
        </span>
        <End id={object.to} />
        <div
          className={cx(
            'flex min-w-0 flex-1 items-center justify-end gap-2',
            isEditing ? 'basis-full' : object.text && 'basis-48',
          )}
        >
          {isEditing ? (
            <LineEditor
              label="Label"
              text={object.text ?? ''}
              longest={LONGEST}
              mayBeEmpty
              onSave={save}
              onCancel={close}
            />
          ) : (
            <p className="min-w-0 flex-1 break-words text-ink-2">{object.text}</p>
          )}
          <ObjectMenu object={object} own={edit ? [{ items: [{ type: 'action', label, onSelect: edit }] }] : []} />
        </div>
      </div>
    </ObjectFrame>
  )
}

function End({ id }: { id: string }) {
  const { known, focus } = useOpenBoard()
  const object = known.objects.find((one) => one.id === id)
  if (!object) return <span>something removed</span>
  return (
    <button type="button" className="link min-h-6 min-w-0 break-words text-start" onClick={() => focus(id)}>
      {objectName(object, known)}
    </button>
  )
}
