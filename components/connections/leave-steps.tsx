import { Jack, type JackName } from '#components/ui/jack.tsx'
import type { LeaveStep, Revocation } from '#lib/connections/leave-schema.ts'

type Result = readonly [jack: JackName, colour: string, words: string]

const done: Result = ['check', 'text-ok-icon', 'done']
const running: Result = ['busy', 'text-busy-icon', 'under way']
const waiting: Result = ['empty', 'text-ink-3', 'not yet']
const kept: Result = ['slash', 'text-ink-3', 'kept: another connection here uses it']

/** What the provider said of the token, as a step's result. */
const revocations: Record<Revocation, Result> = {
  revoked: ['check', 'text-ok-icon', 'confirmed'],
  not_confirmed: ['attention', 'text-warn-icon', 'not confirmed'],
  kept_for_another_connection: ['slash', 'text-ink-3', 'not asked: another connection uses this account'],
  not_offered: ['slash', 'text-ink-3', 'not asked'],
  skipped: ['slash', 'text-ink-3', 'not asked'],
}

/** What disconnecting does, in order; `revoke` where the provider is asked for something. */
const stepsOf = (name: string, revokes: boolean, noun: string) => [
  { id: 'use' as const, label: 'Stop using it here' },
  ...(revokes ? [{ id: 'revocation' as const, label: `Revoke at ${name}` }] : []),
  { id: 'token' as const, label: `Delete ${noun}` },
]

type Props = { name: string; revokes: boolean; noun: string; isRunning: boolean; ended: readonly LeaveStep[] }

/** What disconnecting does and, once it goes on, how each step came out. */
export function LeaveSteps({ name, revokes, noun, isRunning, ended }: Props) {
  const steps = stepsOf(name, revokes, noun)
  const next = steps.find(({ id }) => !ended.some((step) => step.ended === id))
  return (
    <div className="grid gap-1">
      <p className="font-medium">{isRunning ? 'Disconnecting…' : 'What happens'}</p>
      <ol aria-busy={isRunning || undefined} className={isRunning ? 'grid gap-0.5' : 'list-decimal ps-5'}>
        {steps.map(({ id, label }) => {
          const end = ended.find((step) => step.ended === id)
          const [jack, colour, words] = end ? resultOf(end) : id === next?.id ? running : waiting
          return (
            <li key={id} data-step={id} className={isRunning ? 'flex gap-2' : undefined}>
              {isRunning && <Jack name={jack} className={`mt-0.5 ${colour}`} />}
              <span>
                {label} {isRunning && <span className="text-ink-3 text-small">{words}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function resultOf(step: LeaveStep): Result {
  if (step.ended === 'revocation') return revocations[step.revocation]
  return step.ended === 'token' && step.isKept ? kept : done
}
