'use client'
import { useEffect, useRef } from 'react'
import { AttemptPanel } from '#components/connections/attempt-panel.tsx'
import { ConnectForm } from '#components/connections/connect-form.tsx'
import { useOpenBoard } from '../board-context.ts'
import type { Source } from '../sources.ts'
import { connectsHere } from './help.ts'

/** Connects a source without leaving the palette: what was typed is still there when it has worked. */
export function Connecting({
  sources,
  wanted,
  onSent,
}: {
  sources: readonly Source[]
  wanted: Source | null
  onSent: () => void
}) {
  const { place } = useOpenBoard()
  const forms = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!wanted) return
    forms.current?.querySelector<HTMLFormElement>(`[data-connects="${CSS.escape(wanted.id)}"] form`)?.requestSubmit()
    onSent()
  }, [wanted, onSent])
  return (
    <>
      <div ref={forms} hidden>
        {sources.filter(connectsHere).map(({ id, provider, slot }) => (
          <div key={id} data-connects={id}>
            <ConnectForm provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
              <button type="submit">Connect</button>
            </ConnectForm>
          </div>
        ))}
      </div>
      {sources.map(({ id, provider, slot }) => (
        <AttemptPanel key={id} provider={provider} slot={slot} place={place} />
      ))}
    </>
  )
}
