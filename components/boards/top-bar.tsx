'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { AlertDialog } from '#components/ui/dialog.tsx'
import type { MenuSection } from '#components/ui/menu-item.tsx'
import { MoreMenu } from '#components/ui/more-menu.tsx'
import { focusNextTitle } from '#components/ui/page-title.tsx'
import { deleteBoard } from '#lib/boards/client.ts'
import { Ill, Locked } from './attention.tsx'
import { useOpenBoard } from './board-context.ts'
import { BoardName } from './board-name.tsx'
import { Toolbar } from './toolbar.tsx'

/** The board's name, what needs somebody, what can be added, and the way back. */
export function TopBar({
  mayDelete,
  add,
  onRefresh,
  onExplain,
  ask,
}: {
  mayDelete: boolean
  add: { reference: () => void; note: () => void; section: () => void; connector: () => void }
  onRefresh: () => void
  onExplain: () => void
  ask: { isOpen: boolean; toggle: () => void }
}) {
  const { board } = useOpenBoard()
  const [isDeleting, setIsDeleting] = useState(false)
  const sections: MenuSection[] = [
    {
      items: [
        { type: 'action', label: 'Refresh all cards', onSelect: onRefresh },
        { type: 'action', label: 'Keyboard shortcuts', detail: '?', onSelect: onExplain },
      ],
    },
    ...(mayDelete
      ? [
          {
            items: [
              {
                type: 'action' as const,
                label: 'Delete board…',
                tone: 'danger' as const,
                onSelect: () => setIsDeleting(true),
              },
            ],
          },
        ]
      : []),
  ]
  return (
    <div className="z-10 grid gap-3 border-line border-b bg-paper px-4 py-3 sm:px-8 md:sticky md:top-0">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <BoardName />
        <Locked />
        {/* what comes and goes here pushes nothing that stands */}
        <div className="ms-auto flex flex-wrap items-center justify-end gap-1">
          <Ill />
          {board.mayEdit && <UndoButtons />}
          <Button data-ask aria-expanded={ask.isOpen} onClick={ask.toggle}>
            Ask
          </Button>
          <MoreMenu label={`More actions for ${board.name}`} sections={sections} />
        </div>
      </div>
      <Toolbar
        tools={[
          { id: 'reference', label: 'Reference', hint: '@', act: add.reference },
          { id: 'note', label: 'Note', act: add.note },
          { id: 'section', label: 'Section', act: add.section },
          { id: 'connector', label: 'Connector', act: add.connector },
        ]}
      />
      {isDeleting && <DeleteBoard onClose={() => setIsDeleting(false)} />}
    </div>
  )
}

function UndoButtons() {
  const { changes } = useOpenBoard()
  const { last, next, undo, redo } = changes.history
  return (
    <>
      <Button
        variant="quiet"
        aria-label={last ? `Undo: ${last}` : undefined}
        aria-disabled={!last || undefined}
        onClick={() => void undo()}
      >
        Undo
      </Button>
      <Button
        variant="quiet"
        aria-label={next ? `Redo: ${next}` : undefined}
        aria-disabled={!next || undefined}
        onClick={() => void redo()}
      >
        Redo
      </Button>
    </>
  )
}

function DeleteBoard({ onClose }: { onClose: () => void }) {
  const { org, board, changes } = useOpenBoard()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await deleteBoard(org, board.id)
      focusNextTitle()
      router.push(`/${org}/boards`)
    } catch (error) {
      changes.fail(error)
      onClose()
    }
  }
  const count = board.objects.length
  return (
    <AlertDialog
      title={`Delete ${board.name}?`}
      confirm="Delete"
      busy={busy}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{count === 1 ? 'One object goes' : `${count} objects go`} with it, for everyone. This cannot be undone.</p>
      <p>What the cards point at stays where it is.</p>
    </AlertDialog>
  )
}
