'use client'
import { useOpenBoard } from '#components/boards/board-context.ts'
import { RequestAction } from '#components/connections/request-action.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import type { AskView } from '#lib/answers/schema.ts'

const titles: Record<Exclude<AskView['state'], 'ready'>, string> = {
  off: 'Asking is turned off',
  disabled: 'Asking is not available',
  not_configured: 'Nothing answers here yet',
  reauth: 'Answers need a new connection',
}

function Mend({ ask }: { ask: AskView }) {
  const { org, place, sources } = useOpenBoard()
  const { state, mayManage, provider } = ask
  const path = `/${org}/settings/integrations/${provider.id}`
  if (state === 'off')
    return mayManage ? <ButtonLink href={`/${org}/settings/general`}>Open settings</ButtonLink> : null
  if (mayManage) {
    const verb = state === 'reauth' ? 'Reconnect' : state === 'disabled' ? 'Turn on' : 'Connect'
    return (
      <ButtonLink variant="primary" href={path}>
        {verb} {provider.name}
      </ButtonLink>
    )
  }
  const source = sources.find(({ id }) => id === provider.id)
  if (state !== 'not_configured' || !source) return null
  return (
    <RequestAction
      provider={source.provider}
      slot={source.slot}
      place={place}
      otherwise={<p className="text-ink-2">You asked an admin to connect it.</p>}
    />
  )
}

/** Why a board cannot be asked now, and what this person can do about it. */
export function NotReady({ ask }: { ask: AskView }) {
  if (ask.state === 'ready') return null
  return (
    <EmptyState title={titles[ask.state]} action={<Mend ask={ask} />}>
      {ask.message}
    </EmptyState>
  )
}
