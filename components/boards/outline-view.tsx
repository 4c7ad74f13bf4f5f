'use client'
import { useId } from 'react'
import { useOpenBoard } from './board-context.ts'
import { Connector } from './connector.tsx'
import { EmptyBoard } from './empty-board.tsx'
import { Lane } from './lane.tsx'
import { outlineOf } from './outline.ts'

/** Everything on the board in reading order: each section with what it holds, then what is connected with what. */
export function OutlineView() {
  const { known, adding } = useOpenBoard()
  const id = useId()
  const { top, connectors } = outlineOf(known.objects)
  const isEmpty = known.objects.length === 0 && adding.pending.length === 0 && !adding.draft
  if (isEmpty) return <EmptyBoard />
  return (
    <div className="grid grid-cols-1 gap-6">
      <Lane section={null} entries={top} label="Board" />
      {connectors.length > 0 && (
        <section aria-labelledby={id} className="grid grid-cols-1 gap-2">
          <h2 id={id} className="font-semibold text-h2">
            Connectors
          </h2>
          <ul className="divide-y divide-line rounded-group border border-line bg-surface">
            {connectors.map((connector) => (
              <li key={connector.id}>
                <Connector object={connector} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
