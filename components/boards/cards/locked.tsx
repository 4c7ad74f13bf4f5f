import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { clockTime } from '#components/ui/time-text.ts'
import { shownNow } from '#components/ui/use-preferences.ts'
import type { CardState, CardView } from '#lib/boards/schema.ts'
import { waitSentence } from '#lib/resources/status.ts'
import { headingOf, type Reference } from '../outline.ts'
import { needsOwnAccount, type Sight } from './sight.ts'

export type CardAction = NonNullable<CardView['action']>['id']

const explanations: Partial<Record<CardState, (provider: string, addedBy: string) => string>> = {
  needs_connection: () => 'Cards show only what your own account can open.',
  reauth: () => 'Cards show only what your own account can open.',
  no_access: (_, addedBy) => `Ask ${addedBy}, who added it.`,
  not_shared: (provider) => `An admin can allow it in Integrations → ${provider} → Resources.`,
  offline: () => 'It is read again when you are back.',
}

/** That the source asked us to wait, above what was seen before. */
export const Waiting = ({ provider, sight }: { provider: string; sight: Sight }) => (
  <p className="flex gap-1.5 text-ink-2 text-small">
    <Jack name="clock" className="text-warn-icon" />
    {waitText(provider, sight)}
  </p>
)

/** The wait in the reader's own time; the server only knows UTC. */
function waitText(provider: string, { retryAt, message }: Sight): string {
  return retryAt
    ? `${waitSentence(provider, null)} until ${clockTime(Date.parse(retryAt), shownNow())}`
    : (message ?? '')
}

/** What a viewer reads who cannot see the thing: one sentence and one way on. */
export function Locked({
  object,
  sight,
  provider,
  seenBy,
  connect,
  onReplace,
  onAction,
}: {
  object: Reference
  sight: Sight
  provider: string
  seenBy: string | null
  connect: ReactNode
  onReplace: (() => void) | undefined
  onAction: (action: CardAction) => void
}) {
  const { state, message, action } = sight
  const explanation = explanations[state]?.(provider, object.addedBy.name)
  const connects = action?.id === 'connect' || (action?.id === 'reconnect' && state === 'reauth')
  return (
    <>
      <Words as={headingOf(object)}>{state === 'limited' ? waitText(provider, sight) : message}</Words>
      {object.size !== 'S' && explanation && (
        <p className="text-ink-2">{[explanation, needsOwnAccount(state) && seenBy].filter(Boolean).join(' ')}</p>
      )}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {action && connects && connect}
        {action && !(connects && connect) && <Button onClick={() => onAction(action.id)}>{action.label}</Button>}
        {state === 'gone' && onReplace && <Button onClick={onReplace}>Replace link</Button>}
      </div>
    </>
  )
}

function Words({ as: Heading, children }: { as: 'h2' | 'h3'; children: ReactNode }) {
  return <Heading className="font-semibold">{children}</Heading>
}
