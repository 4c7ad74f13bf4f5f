'use client'
import { ConnectForm } from '#components/connections/connect-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { useOpenBoard } from '../board-context.ts'
import type { Source } from '../sources.ts'

/** Connects the viewer's own account at a source, from wherever on the board it is missing; nothing is left behind. */
export function ConnectOwn({ source, label }: { source: Source; label: string }) {
  const { place } = useOpenBoard()
  const { provider, slot } = source
  return (
    <ConnectForm provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
      <Button type="submit">{label}</Button>
    </ConnectForm>
  )
}
