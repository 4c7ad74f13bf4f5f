import { type ReactNode, useId } from 'react'
import { Jack } from './jack.tsx'

/** What Field hands to its control: spread it onto the Input, Textarea or Select. */
export type FieldControl = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

/** A label, its control, a hint and what is wrong. An error starts with the label's noun and says the way out. */
export function Field({
  label,
  hint,
  error,
  id,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: string
  /** Given where an ErrorSummary must point here. */
  id?: string
  children: (control: FieldControl) => ReactNode
}) {
  const own = useId()
  const controlId = id ?? own
  const described = [hint && `${controlId}-hint`, error && `${controlId}-error`].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1">
      <label htmlFor={controlId} className="font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${controlId}-hint`} className="text-ink-3 text-small">
          {hint}
        </p>
      )}
      {children({
        id: controlId,
        ...(described && { 'aria-describedby': described }),
        ...(error && { 'aria-invalid': true }),
      })}
      {error && <Wrong id={`${controlId}-error`}>{error}</Wrong>}
    </div>
  )
}

/** A group of choices under one question. `id` is given where what is wrong with the choice has to lead here. */
export function Fieldset({
  legend,
  hint,
  error,
  id,
  children,
}: {
  legend: ReactNode
  hint?: ReactNode
  error?: string
  id?: string
  children: ReactNode
}) {
  const own = useId()
  const described = [hint && `${own}-hint`, error && `${own}-error`].filter(Boolean).join(' ')
  return (
    <fieldset id={id} tabIndex={id ? -1 : undefined} className="grid gap-1" aria-describedby={described || undefined}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {hint && (
        <p id={`${own}-hint`} className="text-ink-3 text-small">
          {hint}
        </p>
      )}
      {children}
      {error && <Wrong id={`${own}-error`}>{error}</Wrong>}
    </fieldset>
  )
}

const Wrong = ({ id, children }: { id: string; children: ReactNode }) => (
  <p id={id} className="flex gap-1.5 text-error text-small">
    <Jack name="cross" className="mt-px text-error-icon" />
    {children}
  </p>
)
