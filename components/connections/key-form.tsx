'use client'
import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DialogActions } from '#components/ui/dialog.tsx'
import { ErrorSummary } from '#components/ui/error-summary.tsx'
import type { TestedKey } from '#lib/connections/client.ts'
import { KeyFields, KeyKeeping } from './key-fields.tsx'
import { KeyProgress, KeyRefused } from './key-outcome.tsx'
import { firstChoices, isReplacing, type KeyPlace } from './key-words.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { MakeKey } from './make-key.tsx'
import { useKeyAnswers } from './use-key-answers.ts'
import { type Decided, useKeyTest } from './use-key-test.ts'

type Props = {
  at: KeyPlace
  /** The heading of its parts: below that of what it stands in. */
  level: 3 | 4
  onPassed: (tested: TestedKey) => void
  /** Whether a secret is in it that would be lost. */
  onDirty?: (isDirty: boolean) => void
  /** Where there is a way to leave it. */
  onCancel?: () => void
}

/**
 * Takes a secret that somebody made at a provider: where it is made and with what permissions, what it is and where it
 * belongs, where the original is kept. It is tested before it is stored, and never comes back.
 */
export function KeyForm({ at, level, onPassed, onDirty, onCancel }: Props) {
  const { provider, method } = at
  const isReplaced = isReplacing(at.slot, method)
  const [choices, setChoices] = useState(() => firstChoices(method.fields, isReplaced))
  const { test, run, stop } = useKeyTest(at, onPassed)
  const [isDirty, setIsDirty] = useState(false)
  const answers = useKeyAnswers(method.fields, {
    test,
    isReplacing: isReplaced,
    onDirty: (isNow) => {
      setIsDirty(isNow)
      onDirty?.(isNow)
    },
  })
  const form = useRef<HTMLFormElement>(null)
  const decided = useRef<Decided>({})
  const isTesting = test.is === 'testing'
  const submit = (decision: Decided | null) => {
    const values = form.current && !isTesting ? answers.take(form.current) : null
    decided.current = decision ? { ...decided.current, ...decision } : {}
    if (values) void run(values, decided.current)
  }
  return (
    <form
      ref={form}
      noValidate
      autoComplete="off"
      className="grid grid-cols-1 gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        submit(null)
      }}
    >
      <LeaveGuard isDirty={isDirty} />
      <ErrorSummary errors={answers.summary} />
      <Part level={level} number={1} title={`Get a ${method.noun}`}>
        <MakeKey method={method} choices={choices} />
      </Part>
      <Part level={level} number={2} title="Paste it here">
        <KeyFields
          {...{ provider, method, choices, answers, isReplaced }}
          onChoose={(name, choice) => setChoices({ ...choices, [name]: choice })}
        />
      </Part>
      <Part level={level} number={3} title="Note for your team" aside="optional">
        <KeyKeeping answers={answers} />
      </Part>
      <p className="text-ink-2">Encrypted before it's stored. Plugboard can't show it again.</p>
      {isTesting && <KeyProgress name={provider.name} steps={test.steps} />}
      {test.is === 'refused' && <KeyRefused test={test} isAtField={answers.isAtField} onAgain={submit} />}
      <Actions isInDialog={onCancel !== undefined}>
        {isTesting ? (
          <Button onClick={stop}>Cancel test</Button>
        ) : (
          onCancel && <Button onClick={onCancel}>Cancel</Button>
        )}
        <Button type="submit" variant="primary" busy={isTesting}>
          {isTesting ? testingText(test.steps.length, test.of) : 'Test and save'}
        </Button>
      </Actions>
    </form>
  )
}

/** At the end of a dialog, or at the start of a line of a page. */
function Actions({ isInDialog, children }: { isInDialog: boolean; children: ReactNode }) {
  if (isInDialog) return <DialogActions>{children}</DialogActions>
  return <div className="flex flex-row-reverse flex-wrap justify-end gap-2">{children}</div>
}

/** "Testing… 2 of 4": the step that is under way. */
const testingText = (ended: number, of: number | null): string =>
  of === null ? 'Testing…' : `Testing… ${Math.min(ended + 1, of)} of ${of}`

type PartProps = { level: 3 | 4; number: number; title: string; aside?: string; children: ReactNode }

function Part({ level, number, title, aside, children }: PartProps) {
  const id = useId()
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <section aria-labelledby={id} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-2 gap-y-2">
      <span aria-hidden="true" className="font-semibold text-ink-3 tabular-nums">
        {number}
      </span>
      <Heading id={id} className="font-semibold">
        {title} {aside && <span className="font-normal text-ink-3 text-small">{aside}</span>}
      </Heading>
      <div className="col-start-2 grid grid-cols-1 gap-3 max-sm:col-span-2 max-sm:col-start-1">{children}</div>
    </section>
  )
}
