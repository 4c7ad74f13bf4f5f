import { cx } from 'class-variance-authority'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { ResourceView } from '#lib/resources/schema.ts'
import type { Place } from '../place.ts'
import { ResourceTable } from './resource-table.tsx'
import { choose, chooseAll, nothingSelected } from './selection.ts'
import { ShareQuestion } from './share-question.tsx'
import type { Containers } from './use-containers.ts'
import { type Switching, useSwitches } from './use-switches.ts'

/** Whose containers: their kind, what one is called, and what many are. */
export type Shown = {
  provider: ProviderView
  place: Place
  connection: string
  kind: string
  kindName: string
  many: string
}

type Props = Shown & {
  containers: Containers
  rows: readonly ResourceView[]
  typed: string
  /** Leads to the field above. */
  onType: () => void
}

function countText({ rows, total, isNone }: Containers, many: string): string {
  const shown = rows?.length ?? 0
  if (isNone) return ''
  if (shown < total) return `Showing ${shown.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return `${total.toLocaleString('en')} ${total === 1 ? many.replace(/s$/, '') : many}`
}

/** What was found, with the switches for those who may turn them. */
export function Found({ provider, place, connection, kind, kindName, many, containers, rows, typed, onType }: Props) {
  const [selection, setSelection] = useState(nothingSelected)
  const [asked, setAsked] = useState<readonly ResourceView[] | null>(null)
  const switching = useSwitches(place.org.slug, connection, kind)
  const chosen = rows.filter(({ id }) => selection.ids.has(id))
  const shown = rows.map(({ id }) => id)
  const isActing = provider.may.configure

  const select = (next: typeof selection) => {
    setSelection(next)
    announce(`${rows.filter(({ id }) => next.ids.has(id)).length} selected`)
  }
  const turn = (some: readonly ResourceView[], onBoards: boolean) => {
    const isAsking = onBoards && some.some(({ isPrivate, onBoards: is }) => isPrivate && !is)
    if (isAsking) setAsked(some)
    else void switching.turn(some, onBoards)
  }
  const clear = () => {
    select(nothingSelected)
    onType()
  }
  const confirm = () => {
    const some = asked ?? []
    setAsked(null)
    void switching.turn(some, true)
  }
  const acting = {
    selection,
    pending: switching.pending,
    onChoose: (id: string, isRange: boolean) => select(choose(selection, shown, id, isRange)),
    onTurn: (row: ResourceView) => turn([row], row.onBoards !== true),
  }
  if (rows.length === 0)
    return <EmptyState title={`Nothing among the ${many} for “${typed.trim()}”.`}>Check the spelling.</EmptyState>
  return (
    <>
      <Stayed switching={switching} />
      <div
        className={cx(
          'flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2',
          chosen.length > 0 && 'sticky top-0 z-10 bg-paper py-2 max-sm:top-12',
        )}
      >
        {isActing && (
          <Checkbox
            label="Select all"
            checked={chosen.length === rows.length}
            ref={(box) => {
              if (box) box.indeterminate = chosen.length > 0 && chosen.length < rows.length
            }}
            onChange={() => select(chooseAll(selection, shown))}
          />
        )}
        <p className="text-ink-2">{chosen.length > 0 ? `${chosen.length} selected` : countText(containers, many)}</p>
        {chosen.length > 0 && <Bulk onTurn={(onBoards) => turn(chosen, onBoards)} onClear={clear} />}
      </div>
      <ResourceTable
        caption={`${kindName} list of ${provider.name}`}
        kindName={kindName}
        rows={rows}
        acting={isActing ? acting : null}
        onType={onType}
      />
      {asked && (
        <ShareQuestion
          rows={asked.filter(({ isPrivate, onBoards }) => isPrivate && !onBoards)}
          organization={place.org.name}
          onConfirm={confirm}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}

function Bulk({ onTurn, onClear }: { onTurn: (onBoards: boolean) => void; onClear: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="row" onClick={() => onTurn(true)}>
        Make available
      </Button>
      <Button size="row" onClick={() => onTurn(false)}>
        Take off boards
      </Button>
      <Button size="row" variant="quiet" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}

const TOLD = 5

/** What could not be switched, and why. */
function Stayed({ switching: { troubles, dismiss } }: { switching: Switching }) {
  if (troubles.length === 0) return null
  const more = troubles.length - TOLD
  const away = (
    <Button size="row" onClick={dismiss}>
      Dismiss
    </Button>
  )
  return (
    <Notice tone="error" actions={away}>
      {troubles.slice(0, TOLD).map((trouble) => (
        <p key={trouble}>{trouble}</p>
      ))}
      {more > 0 && <p>And {more} more.</p>}
    </Notice>
  )
}
