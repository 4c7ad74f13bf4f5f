import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { configure, providerOf, standingsOf } from '#lib/connections/client.ts'
import type { PolicySeen } from '#lib/connections/config-schema.ts'
import type { ProviderView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import type { Problem } from '#lib/platform/problem.ts'

/** Everything the form decides, as it was seen when somebody began. */
export type Policy = PolicySeen

const policyOf = ({ whoMayConnect, options, inAnswers }: ProviderView): Policy => ({
  whoMayConnect,
  options: Object.fromEntries(options.map(({ id, on }) => [id, on])),
  inAnswers,
})

/**
 * What is chosen stays chosen over what the polling brings, until it is saved. It is saved only over what was there when the
 * person began: where somebody else was first, they see what that was before they save again.
 */
export function usePolicy(provider: ProviderView, org: string) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Partial<Policy>>({})
  const [seen, setSeen] = useState<Policy>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const [isSaved, setIsSaved] = useState(false)
  const stored = policyOf(provider)
  const policy: Policy = { ...stored, ...draft, options: { ...stored.options, ...draft.options } }
  const begin = () => {
    setDraft({})
    setSeen(undefined)
    setProblem(undefined)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    const { queryKey } = providerOf(org, provider.id)
    try {
      queries.setQueryData(queryKey, await configure(org, provider.id, { ...draft, was: seen ?? stored }))
      void queries.invalidateQueries({ queryKey: standingsOf(org) })
      begin()
      setIsSaved(true)
      announce('Saved.')
    } catch (error) {
      const met = problemOf(error)
      // what is there now comes onto the page, and the next save is over that
      if (met.kind === 'conflict')
        setSeen(policyOf(await queries.fetchQuery({ ...providerOf(org, provider.id), staleTime: 0 })))
      setProblem(met)
      announce(met.message, 'assertive')
    } finally {
      setBusy(false)
    }
  }
  const change = (changed: Partial<Policy>) => {
    setSeen((before) => before ?? stored)
    setDraft({ ...draft, ...changed })
  }
  const isDirty = JSON.stringify(policy) !== JSON.stringify(stored)
  return { stored, policy, change, begin, isDirty, busy, problem, isSaved, save }
}
