'use client'
import { cx } from 'class-variance-authority'
import { useState } from 'react'
import { ConnectForm } from '#components/connections/connect-form.tsx'
import { isReplacing, keyMethodOf } from '#components/connections/key-words.ts'
import { LazyKeyDialog } from '#components/connections/lazy-key-dialog.tsx'
import type { Place } from '#components/connections/place.ts'
import { methodNames } from '#components/connections/slot-words.ts'
import { Button } from '#components/ui/button.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderView } from '#lib/connections/schema.ts'
import type { RotationView } from '#lib/governance/schema.ts'
import { ReportLeak } from './report-leak.tsx'
import { addressIn, ageWords, dueWords } from './rotation-words.ts'

type Props = { item: RotationView; provider: ProviderView | undefined; place: Place; mayReport: boolean }

/** One credential: what it is, whose, how old, by when it is replaced, and the way to do it. */
export function RotationRow({ item, provider, place, mayReport }: Props) {
  const { name, account, type, endsWith, owner, createdAt, ageDays } = item
  return (
    <Tr data-connection={item.connection} data-rotate={item.rotate ?? undefined}>
      <RowHead>
        <span className="block">{name}</span>
        <span className="block font-normal text-ink-2 text-small wrap-anywhere">{account}</span>
      </RowHead>
      <Td label="Credential">
        {methodNames[type] ?? type}
        {endsWith && (
          <>
            {' '}
            ending <code className="font-mono">{endsWith}</code>
          </>
        )}
      </Td>
      <Td label="Owner">
        {owner.name}
        {owner.leftAt && ', who left'}
      </Td>
      <Td label="Created">
        <Time value={createdAt} />
        <span className="block text-ink-2 text-small sm:whitespace-nowrap">{ageWords(ageDays)}</span>
      </Td>
      <Td label="Due">
        <Due item={item} />
      </Td>
      <Td label="Kept at">
        <KeptAt keptAt={item.keptAt} isPasted={item.type !== 'oauth2'} />
      </Td>
      <Td label="Actions">
        <div className="flex items-center gap-1 empty:hidden">
          <Replace {...{ item, provider, place }} />
          {mayReport && !item.renewsItself && !item.suspected && <ReportLeak item={item} org={place.org.slug} />}
        </div>
      </Td>
    </Tr>
  )
}

function Due({ item }: { item: RotationView }) {
  const { rotate, suspected } = item
  return (
    <>
      <span className={cx('flex items-start gap-1.5', rotate && 'font-medium text-warn')}>
        {rotate && <Jack name={rotate === 'now' ? 'attention' : 'clock'} className="mt-0.5 shrink-0 text-warn-icon" />}
        {dueWords(item)}
      </span>
      {suspected && (
        <span className="block text-ink-2 text-small">
          Reported by {suspected.by}, <Time value={suspected.at} />
        </span>
      )}
    </>
  )
}

function KeptAt({ keptAt, isPasted }: { keptAt: string | null; isPasted: boolean }) {
  const address = keptAt && addressIn(keptAt)
  if (!keptAt) return <span className="text-ink-3 sm:whitespace-nowrap">{isPasted ? 'Not noted' : 'Only here'}</span>
  if (!address) return <span className="wrap-anywhere">{keptAt}</span>
  return (
    <a className="link wrap-anywhere" href={address} target="_blank" rel="noreferrer">
      {new URL(address).host}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  )
}

/** Another key for a pasted one, with overlap; a new sign-in for what a consent page gave. */
function Replace({ item, provider, place }: Omit<Props, 'mayReport'>) {
  const [isOpen, setIsOpen] = useState(false)
  const slot = provider?.slots.find((one) => one.slot === 'organization')
  if (!provider || !slot?.may.connect || !provider.enabled) return null
  const method = keyMethodOf(slot)
  const look = item.rotate === 'now' ? ('primary' as const) : ('secondary' as const) // as const: words of a union
  const words = item.rotate === 'now' ? 'Rotate now' : 'Rotate'
  if (method && isReplacing(slot, method))
    return (
      <>
        <Button
          size="row"
          variant={look}
          aria-haspopup="dialog"
          aria-label={`${words}: ${provider.name}`}
          onClick={() => setIsOpen(true)}
        >
          {words}
        </Button>
        {isOpen && <LazyKeyDialog {...{ provider, slot, method, place }} onClose={() => setIsOpen(false)} />}
      </>
    )
  if (item.renewsItself && !item.owner.leftAt) return null
  const verb = item.owner.leftAt ? 'Take over' : 'Reconnect'
  return (
    <ConnectForm provider={provider} slot="organization" connection={item.connection} place={place}>
      <Button type="submit" size="row" variant={look} aria-label={`${verb}: ${provider.name}`}>
        {verb}
      </Button>
    </ConnectForm>
  )
}
