'use client'
import { useEffect, useState } from 'react'
import { problemOf } from '#lib/platform/client.ts'
import { search } from '#lib/resources/client.ts'
import type { SourceAnswer } from '#lib/resources/schema.ts'

type State = { query: string; again: string; answers: ReadonlyMap<string, SourceAnswer>; failure: string | null }
const nothing: State = { query: '', again: '', answers: new Map(), failure: null }

/**
 * Asks all sources at once and shows each one's answer as it comes. `again` names the connections there are and how often
 * somebody tried: when it changes, the same question is asked again. Of a question that comes back, each source's last answer
 * stays until its next one is here: what Enter would take does not come and go.
 */
export function useSearch(org: string, query: string, again: string): State {
  const [state, setState] = useState<State>(nothing)
  useEffect(() => {
    if (query === '') return
    const abandon = new AbortController()
    const { signal } = abandon
    const show = (change: (known: State) => Partial<State>) => {
      if (signal.aborted) return
      setState((before) => {
        const known = before.query === query && before.again === again ? before : { ...nothing, query, again }
        return { ...known, ...change(known) }
      })
    }
    const onAnswer = (answer: SourceAnswer) =>
      show(({ answers }) => ({ answers: new Map(answers).set(answer.provider, answer), failure: null }))
    search(org, { q: query }, { signal, onAnswer }).catch((error: unknown) => {
      show(() => ({ failure: problemOf(error).message }))
    })
    return () => abandon.abort()
  }, [org, query, again])
  return state.query === query && state.again === again ? state : { ...nothing, query, again }
}
