import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { connectWithKey, replaceKey, type TestedKey } from '#lib/connections/client.ts'
import type { TestStep } from '#lib/connections/secret-schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import type { Problem } from '#lib/platform/problem.ts'
import { isReplacing, type KeyPlace } from './key-words.ts'

/** What the form says, secrets among it: in memory only, and only as long as the form is there. */
export type KeyValues = { fields: Record<string, string>; keptAt?: string; expiresOn?: string }

/** What the person decided who was asked: to keep one that lacks something or could not be tested, or another account's. */
export type Decided = { anyway?: true; switchAccount?: true }

export type KeyTest =
  | { is: 'ready' }
  | { is: 'testing'; steps: readonly TestStep[]; of: number | null }
  | { is: 'refused'; steps: readonly TestStep[]; problem: Problem }

/** How a form's key is tested: one at a time, to be stopped, and stopped when the form goes. */
export function useKeyTest(at: KeyPlace, onPassed: (tested: TestedKey) => void) {
  const [test, setTest] = useState<KeyTest>({ is: 'ready' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async (values: KeyValues, decided: Decided): Promise<void> => {
    if (running.current) return
    const own = new AbortController()
    running.current = own
    let steps: readonly TestStep[] = []
    setTest({ is: 'testing', steps, of: null })
    announce('Testing…')
    const onStep = (step: TestStep, of: number) => {
      steps = [...steps, step]
      if (!own.signal.aborted) setTest({ is: 'testing', steps, of })
    }
    try {
      const tested = await send(at, { ...values, ...decided }, { signal: own.signal, onStep })
      setTest({ is: 'ready' })
      onPassed(tested)
    } catch (error) {
      const problem = problemOf(error)
      if (!own.signal.aborted) setTest({ is: 'refused', steps: stepsIn(problem) ?? steps, problem })
    } finally {
      if (running.current === own) running.current = undefined
    }
  }

  const stop = () => {
    running.current?.abort()
    running.current = undefined
    setTest({ is: 'ready' })
    announce('Test cancelled. Nothing was saved.')
  }
  return { test, run, stop }
}

/** All the steps of a test that failed, those that were never come to among them. */
function stepsIn({ extra }: Problem): readonly TestStep[] | null {
  const steps = extra.members?.steps
  return Array.isArray(steps) ? (steps as TestStep[]) : null // our own route's answer
}

type Sent = KeyValues & Decided

function send({ provider, slot, method, org }: KeyPlace, sent: Sent, watching: Parameters<typeof replaceKey>[3]) {
  const { connection } = slot
  if (connection && isReplacing(slot, method)) return replaceKey(org, connection.id, sent, watching)
  return connectWithKey(org, { provider: provider.id, slot: slot.slot, method: method.id, ...sent }, watching)
}
