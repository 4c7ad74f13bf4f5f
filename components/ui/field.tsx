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
      {error && (
        <p id={`${controlId}-error`} className="flex gap-1.5 text-error text-small">
          <Jack name="cross" className="mt-px text-error-icon" />
          {error}
        </p>
      )}
    </div>
  )
}

/** A group of choices under one question. */
export function Fieldset({ legend, hint, children }: { legend: ReactNode; hint?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <fieldset className="grid gap-1" aria-describedby={hint ? id : undefined}>
      <legend className="mb-1 font-medium">{legend}</legend>
      {hint && (
        <p id={id} className="text-ink-3 text-small">
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  )
}
