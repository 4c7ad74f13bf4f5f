'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { RowHead, Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { standingsOf, verifyConnection } from '#lib/connections/client.ts'
import type { PlanView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { isThere, slotTitle } from './slot-words.ts'

type Props = { provider: ProviderView; org: string }

/** What the plan of each connected account gives and what it leaves out, where a provider's plans differ. */
export function Plans({ provider, org }: Props) {
  const hasTwo = provider.slots.length > 1
  const planned = provider.slots.filter(
    (slot) => isThere(slot) && slot.status === 'connected' && slot.connection?.plan !== undefined,
  )
  return (
    <div id="plan" className="grid scroll-mt-16 grid-cols-1 gap-6 empty:hidden">
      {planned.map((slot) => (
        <PanelSection key={slot.slot} title={hasTwo ? `Plan: ${slotTitle(provider, slot)}` : 'Plan'}>
          <Plan {...{ provider, slot, org }} plan={slot.connection?.plan ?? null} />
        </PanelSection>
      ))}
    </div>
  )
}

function Plan({ provider, slot, plan, org }: Props & { slot: SlotView; plan: PlanView | null }) {
  const [isChecking, setIsChecking] = useState(false)
  const { name } = provider
  const again = plan && slot.may.connect && slot.connection && (
    <CheckAgain org={org} id={slot.connection.id} busy={isChecking} onBusy={setIsChecking} />
  )
  const [said, ...more] = plan ? wordsOf(plan) : []
  return (
    <>
      {(!plan || isChecking) && <p role="status">Checking your {name} plan…</p>}
      {plan?.label && <p>Plan: {plan.label}</p>}
      {said && (
        <Notice tone={plan?.problem ? 'warn' : 'info'} actions={again}>
          <p>{said}</p>
        </Notice>
      )}
      {more.map((words) => (
        <Notice key={words} tone="info">
          <p>{words}</p>
        </Notice>
      ))}
      {plan && plan.capabilities.length > 0 && <Capabilities plan={plan} name={name} />}
    </>
  )
}

/** What a person has to know, the most urgent first. */
const wordsOf = ({ problem, warnings }: PlanView): string[] => [
  ...(problem === null ? [] : [problem]),
  ...warnings.map(({ says }) => says),
]

function Capabilities({ plan, name }: { plan: PlanView; name: string }) {
  return (
    <Table
      caption={`What this ${name} plan includes`}
      head={
        <>
          <Th>What</Th>
          <Th>On this plan</Th>
        </>
      }
    >
      {plan.capabilities.map(({ name: what, isIncluded }) => (
        <Tr key={what}>
          <RowHead className="font-normal">{what}</RowHead>
          <Td label="On this plan">
            <span className={isIncluded ? undefined : 'text-ink-2'}>
              <span aria-hidden="true" className="inline-block w-5">
                {isIncluded ? '✓' : '–'}
              </span>
              {isIncluded ? 'Included' : 'Not on your plan'}
            </span>
          </Td>
        </Tr>
      ))}
    </Table>
  )
}

type Again = { org: string; id: string; busy: boolean; onBusy: (busy: boolean) => void }

/** Asks the provider now: what an account may do changes there, not here. */
function CheckAgain({ org, id, busy, onBusy }: Again) {
  const queries = useQueryClient()
  const check = async () => {
    onBusy(true)
    try {
      const { plan, reason } = await verifyConnection(org, id)
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      announce(plan ? resultOf(plan) : (reason ?? 'Checked.'))
    } catch (error) {
      announce(problemOf(error).message, 'assertive')
    } finally {
      onBusy(false)
    }
  }
  return (
    <Button size="row" busy={busy} onClick={busy ? undefined : () => void check()}>
      Check again
    </Button>
  )
}

const resultOf = (plan: PlanView): string =>
  [plan.label && !plan.problem ? `Plan: ${plan.label}.` : '', ...wordsOf(plan)].filter(Boolean).join(' ')
