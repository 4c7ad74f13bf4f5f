'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { DefinitionList } from '#components/ui/definition-list.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { standingsOf, verifyConnection } from '#lib/connections/client.ts'
import type { ConnectionView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { badgeText } from '#lib/connections/status.ts'
import { problemOf } from '#lib/platform/client.ts'
import { isThere, methodNames, slotTitle } from './slot-words.ts'

/** How each connection fares: also what is nought, and what nobody knows yet. */
export function Health({ provider, org }: { provider: ProviderView; org: string }) {
  const standing = provider.slots.filter(isThere)
  return (
    <div id="health" className="scroll-mt-16">
      <PanelSection title="Health">
        <Panel>
          {standing.map((slot) => (
            <SlotHealth key={slot.slot} provider={provider} slot={slot} org={org} />
          ))}
          {standing.length === 0 && (
            <div className="p-4">
              <DefinitionList
                items={[
                  { term: 'Last sync', value: 'No syncs yet' },
                  { term: 'Rate limit', value: 'Not known until it is connected' },
                  { term: 'Webhooks', value: 'No webhooks configured' },
                ]}
              />
            </div>
          )}
        </Panel>
      </PanelSection>
    </div>
  )
}

function SlotHealth({ provider, slot, org }: { provider: ProviderView; slot: SlotView; org: string }) {
  const { connection } = slot
  if (!connection) return null
  return (
    <div className="grid gap-3 p-4">
      {provider.slots.length > 1 && <h3 className="font-semibold">{slotTitle(provider, slot)}</h3>}
      <DefinitionList
        items={[
          {
            term: 'Last sync',
            value: connection.lastSync ? <Time form="precise" value={connection.lastSync} /> : 'No syncs yet',
          },
          { term: 'Rate limit', value: <RateLimit limit={connection.rateLimit} /> },
          { term: 'Webhooks', value: webhooksOf(connection) },
          { term: 'Credential', value: <Credential connection={connection} /> },
          {
            term: 'Checked',
            value: <Checked provider={provider} connection={connection} mayCheck={slot.may.connect} org={org} />,
          },
        ]}
      />
    </div>
  )
}

const number = new Intl.NumberFormat('en')

function RateLimit({ limit }: { limit: ConnectionView['rateLimit'] }) {
  if (!limit) return 'Not known yet'
  return (
    <>
      {number.format(limit.limit - limit.remaining)} of {number.format(limit.limit)} used, resets{' '}
      <Time form="precise" value={limit.resetsAt} />
    </>
  )
}

const webhooksOf = ({ webhooks }: ConnectionView): string =>
  webhooks
    ? `${number.format(webhooks.delivered24h)} delivered, ${number.format(webhooks.failed24h)} failed in 24 h`
    : 'No webhooks configured'

function ageOf(days: number): string {
  if (days === 0) return 'from today'
  return days === 1 ? '1 day old' : `${number.format(days)} days old`
}

function Credential({ connection }: { connection: ConnectionView }) {
  const { credential, createdBy, expiresAt } = connection
  const kind = methodNames[credential.type] ?? credential.type
  return (
    <>
      {kind}
      {credential.endsWith && (
        <>
          {' '}
          ending <code className="font-mono">{credential.endsWith}</code>
        </>
      )}
      , {ageOf(credential.ageDays)}, connected by {createdBy.name}
      {createdBy.left && ', who left'}
      {'. '}
      {expiresAt ? (
        <>
          {credential.renewsItself ? 'Renews itself; this one ends ' : 'Ends '}
          <Time form="precise" value={expiresAt} />.
        </>
      ) : credential.endsWith ? (
        'No end is known.'
      ) : (
        'Does not expire.'
      )}
    </>
  )
}

type CheckedProps = { provider: ProviderView; connection: ConnectionView; mayCheck: boolean; org: string }

function Checked({ provider, connection, mayCheck, org }: CheckedProps) {
  const { checkedAt, verifiedAt } = connection
  const last = checkedAt ?? verifiedAt
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {last ? <Time form="precise" value={last} /> : 'Never'}
      {isUnanswered(connection) && <span>{provider.name} gave no clear answer.</span>}
      {mayCheck && <CheckNow provider={provider} id={connection.id} org={org} />}
    </div>
  )
}

/** The provider was asked after it last confirmed, and neither confirmed nor refused. */
function isUnanswered({ status, checkedAt, verifiedAt }: ConnectionView): boolean {
  if (status !== 'connected' || !checkedAt || !verifiedAt) return false
  return Date.parse(checkedAt) - Date.parse(verifiedAt) > 1000 // one probe writes the two moments one after the other
}

function resultOf(name: string, connection: ConnectionView): string {
  const { status, reason } = connection
  if (isUnanswered(connection)) return `${name} gave no clear answer.`
  return `Checked: ${badgeText(status, name)}${reason ? `. ${reason}` : ''}.`
}

function CheckNow({ provider, id, org }: { provider: ProviderView; id: string; org: string }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState('')
  const say = (text: string, tone: 'polite' | 'assertive') => {
    setSaid(text)
    announce(text, tone)
  }
  const check = async () => {
    setBusy(true)
    try {
      const connection = await verifyConnection(org, id)
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      say(resultOf(provider.name, connection), 'polite')
    } catch (error) {
      say(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button size="row" busy={busy} onClick={busy ? undefined : () => void check()}>
        Check now
      </Button>
      {said && <span className="text-ink-2">{said}</span>}
    </>
  )
}
