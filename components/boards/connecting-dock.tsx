'use client'
import { AttemptPanel } from '#components/connections/attempt-panel.tsx'
import { useOpenBoard } from './board-context.ts'

/**
 * How a connection that was begun on this board goes on: over the corner, so that no card moves when it comes or goes. Its
 * upper edge stands still, so it does not move itself either.
 */
export function ConnectingDock() {
  const { sources, place } = useOpenBoard()
  return (
    <div className="pointer-events-none fixed end-4 bottom-0 z-20 flex h-60 w-96 max-w-[calc(100%-2rem)] flex-col gap-2 overflow-y-auto pb-4 *:pointer-events-auto *:rounded-control *:shadow-float">
      {sources.map(({ id, provider, slot }) => (
        <AttemptPanel key={id} provider={provider} slot={slot} place={place} />
      ))}
    </div>
  )
}
