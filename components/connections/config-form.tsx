'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Radio } from '#components/ui/checkbox.tsx'
import { Fieldset } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { configure, providerOf, standingsOf } from '#lib/connections/client.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { adminsOnly, type Place } from './place.ts'

type Who = ProviderView['whoMayConnect']
const choices: Record<Who, string> = { admins: 'Owners and admins', members: 'Any member' }

/** Who may connect a provider for everyone. Read-only, with whom to ask, for those who may not decide it. */
export function ConfigForm({ provider, place }: { provider: ProviderView; place: Place }) {
  const { name, whoMayConnect, may } = provider
  if (!may.configure)
    return (
      <PanelSection title="Policy">
        <p>
          {choices[whoMayConnect]} can connect {name} for everyone in {place.org.name}.
        </p>
        <p className="text-ink-2">{adminsOnly('change this', place.admins)}</p>
      </PanelSection>
    )
  return <PolicyForm key={whoMayConnect} provider={provider} place={place} />
}

function PolicyForm({ provider, place }: { provider: ProviderView; place: Place }) {
  const { who, setWho, isDirty, busy, problem, isSaved, save } = usePolicy(provider, place.org.slug)
  return (
    <PanelSection title="Policy">
      <form className="grid gap-4" onSubmit={(event) => void save(event)}>
        <Fieldset
          legend={`Who can connect ${provider.name} for everyone in ${place.org.name}?`}
          hint="Everybody can always connect and disconnect their own account."
        >
          {(['admins', 'members'] as const).map((value) => (
            <Radio
              key={value}
              name="who"
              value={value}
              label={choices[value]}
              checked={who === value}
              onChange={() => setWho(value)}
            />
          ))}
        </Fieldset>
        {problem && <Notice tone="error">{problem}</Notice>}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
          {isSaved && !isDirty && <span className="text-ink-2">Saved.</span>}
        </div>
      </form>
    </PanelSection>
  )
}

function usePolicy({ id, whoMayConnect }: ProviderView, org: string) {
  const queries = useQueryClient()
  const [who, setWho] = useState(whoMayConnect)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const [isSaved, setIsSaved] = useState(false)
  const isDirty = who !== whoMayConnect
  useWarnBeforeLeaving(isDirty)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem('')
    try {
      queries.setQueryData(providerOf(org, id).queryKey, await configure(org, id, { whoMayConnect: who }))
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      setIsSaved(true)
      announce('Saved.')
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  return { who, setWho, isDirty, busy, problem, isSaved, save }
}

/** Lets the browser ask before what was chosen and not saved is lost. */
function useWarnBeforeLeaving(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isDirty])
}
