import { Button } from '#components/ui/button.tsx'
import { ErrorDetails } from '#components/ui/details.tsx'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { TestStep } from '#lib/connections/secret-schema.ts'
import type { Problem } from '#lib/platform/problem.ts'
import type { Decided, KeyTest } from './use-key-test.ts'
import { WithCode } from './with-code.tsx'

const signs: Record<TestStep['state'], readonly [jack: JackName, colour: string, word: string]> = {
  passed: ['check', 'text-ok-icon', 'passed'],
  failed: ['cross', 'text-error-icon', 'failed'],
  skipped: ['slash', 'text-ink-3', 'not tried'],
}

/** What has been tried with a key, and how each came out. */
function KeySteps({ steps }: { steps: readonly TestStep[] }) {
  if (steps.length === 0) return null
  return (
    <ol aria-label="What was tested" className="grid gap-1">
      {steps.map(({ label, state, detail }) => {
        const [jack, colour, word] = signs[state]
        return (
          <li key={label} data-state={state} className="flex gap-2">
            <Jack name={jack} className={`mt-0.5 ${colour}`} />
            <span>
              <WithCode text={label} /> <span className="text-ink-3 text-small">{word}</span>
              {detail && (
                <span className="block text-ink-2">
                  <WithCode text={detail} />
                </span>
              )}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

/** A test under way: what has ended, and that something goes on. */
export function KeyProgress({ name, steps }: { name: string; steps: readonly TestStep[] }) {
  return (
    <div className="grid gap-1.5 rounded-control border border-line bg-paper px-3 py-2.5">
      <KeySteps steps={steps} />
      <p className="flex gap-2 text-ink-2">
        <Jack name="busy" className="mt-0.5 text-busy-icon" />
        Asking {name}…
      </p>
    </div>
  )
}

type Props = {
  test: Extract<KeyTest, { is: 'refused' }>
  /** It is told at a field already. */
  isAtField: boolean
  /** Sends what is in the form once more. */
  onAgain: (decision: Decided) => void
}

/** Why a key was not kept, what of it did work, and the ways on. */
export function KeyRefused({ test: { steps, problem }, isAtField, onAgain }: Props) {
  if (isAtField && steps.length === 0) return null
  if (isAtField) return <Framed steps={steps} />
  const isQuestion = problem.kind === 'permission-missing' || problem.kind === 'other-account'
  return (
    <div ref={bringIntoView}>
      <Notice
        tone={isQuestion ? 'warn' : 'error'}
        live="alert"
        title={problem.message}
        actions={<WaysOn problem={problem} onAgain={onAgain} />}
      >
        <KeySteps steps={steps} />
        {problem.kind === 'unexpected' && <ErrorDetails {...idOf(problem)} />}
      </Notice>
    </div>
  )
}

/** It comes below the button that was pressed, at the end of what is scrolled. */
const bringIntoView = (part: HTMLElement | null) => part?.scrollIntoView({ block: 'nearest' })

const Framed = ({ steps }: { steps: readonly TestStep[] }) => (
  <div className="rounded-control border border-line bg-paper px-3 py-2.5">
    <KeySteps steps={steps} />
  </div>
)

const memberOf = ({ extra }: Problem, name: string): unknown => extra.members?.[name]

function idOf(problem: Problem): { requestId?: string } {
  const requestId = memberOf(problem, 'requestId')
  return typeof requestId === 'string' ? { requestId } : {}
}

function WaysOn({ problem, onAgain }: { problem: Problem; onAgain: Props['onAgain'] }) {
  const { kind } = problem
  const way = (words: string, decision: Decided) => (
    <Button size="row" onClick={() => onAgain(decision)}>
      {words}
    </Button>
  )
  const mayKeep = memberOf(problem, 'anyway') === true
  if (kind === 'permission-missing') return mayKeep && way('Save anyway', { anyway: true })
  if (kind === 'other-account')
    return way(`Switch to ${String(memberOf(problem, 'accountLabel'))}`, { switchAccount: true })
  if (kind === 'provider-unavailable')
    return (
      <>
        {way('Try again', {})}
        {mayKeep && way('Save and test later', { anyway: true })}
      </>
    )
  return kind === 'unexpected' && way('Try again', {})
}
