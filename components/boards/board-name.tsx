'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { PageTitle } from '#components/ui/page-title.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { renameBoard } from '#lib/boards/client.ts'
import { useOpenBoard } from './board-context.ts'
import { LineEditor } from './line-editor.tsx'

const LONGEST = 80

/** The board's name, changed where it stands. */
export function BoardName() {
  const { org, board, changes } = useOpenBoard()
  const router = useRouter()
  const [isEditing, setIsEditing] = useState(false)
  const kept = useKeptFocus<HTMLDivElement>()
  const save = async (name: string): Promise<boolean> => {
    if (!(await changes.attempt(() => renameBoard(org, board.id, name)))) return false
    setIsEditing(false)
    router.refresh() // the title of the page has it too
    return true
  }
  if (isEditing)
    return (
      <div {...kept} className="w-full max-w-form">
        <h1 className="sr-only">{board.name}</h1>
        <LineEditor
          label="Board name"
          text={board.name}
          longest={LONGEST}
          onSave={save}
          onCancel={() => setIsEditing(false)}
        />
      </div>
    )
  return (
    <div {...kept} className="flex min-w-0 items-center gap-1">
      <PageTitle>{board.name}</PageTitle>
      {board.mayEdit && (
        <Button variant="quiet" size="row" className="shrink-0" onClick={() => setIsEditing(true)}>
          Rename<span className="sr-only"> this board</span>
        </Button>
      )}
    </div>
  )
}
