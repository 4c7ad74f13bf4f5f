'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { configure, providerOf, standingsOf } from '#lib/connections/client.ts'
import type { ProviderPatch, ProviderView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { AnswersField, OptionFields, WhoField } from './config-fields.tsx'
import { answersWords, hasCards, isShared, whoWords } from './config-words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { adminsOnly, type Place } from './place.ts'

type Props = { provider: ProviderView; place: Place }

/** What is decided about a provider for the organization. Read-only, with whom to ask, for those who may not decide it. */
export function ConfigForm({ provider, place }: Props) {
  if (provider.may.configure) return <PolicyForm provider={provider} place={place} />
  return (
    <PanelSection title="Policy">
      {isShared(provider) && <p>{whoWords(provider, place.org.name)}</p>}
      {provider.options.map(({ id, label, on }) => (
        <p key={id}>
          {label}: {on ? 'on' : 'off'}.
        </p>
      ))}
      {hasCards(provider) && <p>{answersWords(provider)}</p>}
      <p className="text-ink-2">{adminsOnly('change this', place.admins)}</p>
    </PanelSection>
  )
}

function PolicyForm({ provider, place }: Props) {
  const { policy, change, isDirty, busy, problem, isSaved, save } = usePolicy(provider, place.org.slug)
  return (
    <PanelSection title="Policy">
      <form className="grid gap-6" onSubmit={(event) => void save(event)}>
        {isShared(provider) && (
          <WhoField
            {...{ provider, place }}
            value={policy.whoMayConnect}
            onChange={(whoMayConnect) => change({ whoMayConnect })}
          />
        )}
        {provider.options.length > 0 && (
          <OptionFields
            provider={provider}
            values={policy.options}
            onChange={(id, on) => change({ options: { ...policy.options, [id]: on } })}
          />
        )}
        {hasCards(provider) && (
          <AnswersField provider={provider} value={policy.inAnswers} onChange={(inAnswers) => change({ inAnswers })} />
        )}
        {problem && <Notice tone="error">{problem}</Notice>}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
          {isSaved && !isDirty && <span className="text-ink-2">Saved.</span>}
        </div>
      </form>
      <LeaveGuard isDirty={isDirty} />
    </PanelSection>
  )
}

/** Everything the form decides. */
export type Policy = Required<Pick<ProviderPatch, 'whoMayConnect' | 'options' | 'inAnswers'>>

const policyOf = ({ whoMayConnect, options, inAnswers }: ProviderView): Policy => ({
  whoMayConnect,
  options: Object.fromEntries(options.map(({ id, on }) => [id, on])),
  inAnswers,
})

/** What is chosen stays chosen over what the polling brings, until it is saved. */
function usePolicy(provider: ProviderView, org: string) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Partial<Policy>>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [isSaved, setIsSaved] = useState(false)
  const stored = policyOf(provider)
  const policy: Policy = { ...stored, ...draft, options: { ...stored.options, ...draft.options } }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem('')
    try {
      queries.setQueryData(providerOf(org, provider.id).queryKey, await configure(org, provider.id, draft))
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      setDraft({})
      setIsSaved(true)
      announce('Saved.')
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  const change = (changed: Partial<Policy>) => setDraft({ ...draft, ...changed })
  const isDirty = JSON.stringify(policy) !== JSON.stringify(stored)
  return { policy, change, isDirty, busy, problem, isSaved, save }
}
