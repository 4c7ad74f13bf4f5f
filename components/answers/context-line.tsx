'use client'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Details } from '#components/ui/details.tsx'
import type { ContextCards } from './use-context-cards.ts'

/** Which cards an answer is made from, with the way to leave some out. */
export function ContextLine({ context }: { context: ContextCards }) {
  const { cards, used, total, isCut, isBusy, tick } = context
  if (isBusy) return <p className="text-ink-2 text-small">Looking at the cards…</p>
  const summary = `Uses ${used} of ${total} ${total === 1 ? 'card' : 'cards'}: the ones you can see`
  if (cards.length === 0) return <p className="text-ink-2 text-small">{summary}</p>
  return (
    <div className="text-small">
      <Details summary={isCut ? 'Using the 20 most recent cards' : summary}>
        <fieldset>
          <legend className="sr-only">Cards to answer from</legend>
          <ul className="grid max-h-40 gap-0.5 overflow-y-auto">
            {cards.map(({ id, title, isTicked }) => (
              <li key={id} className="break-words">
                <Checkbox label={title} checked={isTicked} onChange={({ target }) => tick(id, target.checked)} />
              </li>
            ))}
          </ul>
        </fieldset>
      </Details>
    </div>
  )
}
