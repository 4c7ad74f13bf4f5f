'use client'
import { AttemptPanel } from '#components/connections/attempt-panel.tsx'
import { useOpenBoard } from './board-context.ts'

/** How a connection that was begun on this board goes on: over the corner, so that no card moves when it comes or goes. */
export function ConnectingDock() {
  const { sources, place } = useOpenBoard()
  return (
    <div className="fixed end-4 bottom-4 z-20 grid w-96 max-w-[calc(100%-2rem)] gap-2 *:rounded-control *:shadow-float">
      {sources.map(({ id, provider, slot }) => (
        <AttemptPanel key={id} provider={provider} slot={slot} place={place} />
      ))}
    </div>
  )
}
