'use client'
import { type FormEvent, useId, useRef, useState } from 'react'
import { tellWrong } from '#components/ui/tell-wrong.ts'
import { problemOf } from '#lib/platform/client.ts'

type Wrong = { name: string; text: string }
export type Failure = { text: string; kind: string; requestId?: string }
type State = { busy: boolean; wrong: readonly Wrong[]; failure: Failure | null }

const calm: State = { busy: false, wrong: [], failure: null }

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')

/** `/password/next` is the field `password-next`. */
const nameOf = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '-')

/**
 * Sends a form through the API and says what was wrong with it. The inputs are left as they are, so what was typed stays.
 * `send` gets the fields' values by name, and the form; what it throws is told at the field that the answer points to, else as `failure`.
 */
export function useSubmit(send: (value: (name: string) => string, form: HTMLFormElement) => Promise<void>) {
  const prefix = useId()
  const [state, setState] = useState<State>(calm)
  const form = useRef<HTMLFormElement>(null)
  const id = (name: string): string => `${prefix}${name}`

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (state.busy || !form.current) return
    const data = new FormData(form.current)
    setState({ ...calm, busy: true })
    try {
      await send((name) => textOf(data.get(name)), form.current)
      setState(calm)
    } catch (error) {
      const problem = problemOf(error)
      const told = (problem.extra.errors ?? []).map(({ pointer, detail }) => ({ name: nameOf(pointer), text: detail }))
      const wrong = told.filter(({ name }) => document.getElementById(id(name)))
      const { requestId } = problem.extra.members ?? {}
      const failure = {
        text: problem.message,
        kind: problem.kind,
        ...(typeof requestId === 'string' ? { requestId } : {}),
      }
      setState({ busy: false, wrong, failure: wrong.length > 0 ? null : failure })
      // two errors or more are focused by their summary
      const [first] = wrong
      if (first && wrong.length === 1) tellWrong(id(first.name), first.text)
    }
  }

  return {
    ...state,
    form: { ref: form, onSubmit: submit, noValidate: true },
    /** What a Field of this form needs besides its label. */
    field: (name: string) => {
      const error = state.wrong.find((entry) => entry.name === name)?.text
      return { id: id(name), ...(error ? { error } : {}) }
    },
    summary: state.wrong.map(({ name, text }) => ({ id: id(name), text })),
  }
}
