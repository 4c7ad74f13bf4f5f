import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { disconnect, standingsOf } from '#lib/connections/client.ts'
import type { DisconnectedView, LeaveStep } from '#lib/connections/leave-schema.ts'
import type { SlotView } from '#lib/connections/schema.ts'
import { problemOf } from '#lib/platform/client.ts'
import { forgetEnded } from './attempts.ts'
import type { Outcome } from './told.tsx'
import type { WayOut } from './way-out.ts'

type Leave = {
  provider: { id: string; name: string }
  slot: SlotView
  org: string
  way: WayOut
  onClose: () => void
  onDone: (outcome: Outcome) => void
}

/** Ends a connection, one way or the other and once: which way is under way, what has been done of it, and what went wrong. */
export function useLeaving({ provider, slot, org, way, onClose, onDone }: Leave) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState<'ask' | 'force' | null>(null)
  const [ended, setEnded] = useState<readonly LeaveStep[]>([])
  const [problem, setProblem] = useState('')
  const leave = async (force: boolean) => {
    if (busy) return
    setBusy(force ? 'force' : 'ask')
    setEnded([])
    setProblem('')
    try {
      const onStep = (step: LeaveStep) =>
        setEnded((before) => [...before.filter((one) => one.ended !== step.ended), step])
      const left = await disconnect(org, slot.connection?.id ?? '', { force, onStep })
      await queries.invalidateQueries({ queryKey: standingsOf(org) })
      forgetEnded(org, provider.id, slot.slot)
      onClose()
      onDone(outcomeOf(provider.name, way, left))
    } catch (error) {
      setProblem(problemOf(error).message)
      announce(problemOf(error).message, 'assertive')
      setBusy(null)
    }
  }
  return { busy, ended, problem, leave }
}

/** What a token met at the provider, and whether something is left to do there. */
function outcomeOf(name: string, { by, steps }: WayOut, { detail, revocation }: DisconnectedView): Outcome {
  const text = detail.startsWith('Disconnected') ? detail : `${name} disconnected. ${detail}`
  const isLeft = revocation === 'not_confirmed' || revocation === 'not_offered'
  return { tone: isLeft ? 'warn' : 'ok', text, left: { name, by, steps } }
}
