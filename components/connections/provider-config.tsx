'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { configure, providerOf, standingsOf } from '#lib/connections/client.ts'
import type { ProviderView, SlotName } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { ConfigForm } from './config-form.tsx'
import { CredentialSection } from './credential-section.tsx'
import { adminsOnly, type Place } from './place.ts'
import { RevokeSteps } from './revoke-steps.tsx'
import { Leave } from './slot-section.tsx'
import { isThere, slotTitle } from './slot-words.ts'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'
import { useProvider } from './use-provider.ts'
import { wayOut } from './way-out.ts'

/** What is decided about a provider, and the ways to stop using it. */
export function ProviderConfig({ initial, place }: { initial: ProviderView; place: Place }) {
  const provider = useProvider(place.org.slug, initial)
  return (
    <>
      <CredentialSection provider={provider} place={place} />
      <ConfigForm provider={provider} place={place} />
      <StopUsing provider={provider} place={place} />
    </>
  )
}

function StopUsing({ provider, place }: { provider: ProviderView; place: Place }) {
  const [left, setLeft] = useState<{ slot: SlotName; outcome: Outcome }>()
  const { name, leave } = provider
  const leftSlot = provider.slots.find(({ slot }) => slot === left?.slot)
  return (
    <PanelSection title={`Stop using ${name}`}>
      <Panel>
        <Able provider={provider} place={place} />
        {provider.slots.filter(isThere).map((slot) => (
          <div key={slot.slot} className="flex flex-wrap items-center justify-between gap-3 p-4">
            <div>
              <p className="font-medium">
                Disconnect {slotTitle(provider, slot).toLocaleLowerCase()} {slot.connection?.account.label}
              </p>
              <p className="text-ink-2">
                {wayOut(provider, slot).revokes
                  ? 'The token is revoked and deleted, unless another connection uses it.'
                  : `It is cleared here. At ${name} it ends only by hand.`}{' '}
                Project settings and past data stay.
              </p>
            </div>
            <Leave
              provider={provider}
              slot={slot}
              place={place}
              onLeft={(outcome) => setLeft({ slot: slot.slot, outcome })}
            />
          </div>
        ))}
        {leave.steps.length > 0 && (
          <div className="grid gap-2 p-4">
            <p className="font-medium">Fully revoke at {name}</p>
            <RevokeSteps name={name} {...leave} />
          </div>
        )}
      </Panel>
      {leftSlot && (
        <ToldLeaving
          {...{ provider, place }}
          slot={leftSlot}
          outcome={left?.outcome}
          onOver={() => setLeft(undefined)}
        />
      )}
    </PanelSection>
  )
}

/** Off and on again for the whole organization; nothing is lost by it. */
function Able({ provider, place }: { provider: ProviderView; place: Place }) {
  const { enabled, name, may } = provider
  const { busy, problem, toggle } = useAble(provider, place.org.slug)
  const verb = enabled ? 'Disable' : 'Enable'
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-4">
      <div>
        <p className="font-medium">{enabled ? `Disable ${name}` : `${name} is disabled`}</p>
        <p className="text-ink-2">Credential is kept. Syncs and boards pause.</p>
        {problem && <p className="text-error">{problem}</p>}
      </div>
      {may.configure ? (
        <Button size="row" busy={busy} onClick={busy ? undefined : () => void toggle()}>
          {verb} {name}
        </Button>
      ) : (
        <p className="text-ink-2">{adminsOnly(`${verb.toLocaleLowerCase()} ${name}`, place.admins)}</p>
      )}
    </div>
  )
}

function useAble({ id, name, enabled }: ProviderView, org: string) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const toggle = async () => {
    setBusy(true)
    setProblem('')
    try {
      queries.setQueryData(providerOf(org, id).queryKey, await configure(org, id, { enabled: !enabled }))
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      announce(`${name} ${enabled ? 'disabled' : 'enabled'}.`)
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, toggle }
}
