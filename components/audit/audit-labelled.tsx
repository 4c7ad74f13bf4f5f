import { type ReactNode, useId } from 'react'

/** A filter with its label above. */
export function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="text-ink-2 text-small">
        {label}
      </label>
      {children(id)}
    </div>
  )
}
