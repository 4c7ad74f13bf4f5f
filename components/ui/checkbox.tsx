import { cx } from 'class-variance-authority'
import { type ComponentProps, type ReactNode, useId } from 'react'

type Choice = Omit<ComponentProps<'input'>, 'type' | 'role'> & { label: ReactNode; hint?: ReactNode }
type Kind = { kind: 'checkbox' | 'radio' | 'switch'; look: string }

/** Words beside a box; the words are part of the target. */
function LabelledInput({ kind, label, hint, className, look, ...input }: Choice & Kind) {
  const id = useId()
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className="inline-flex min-h-6 items-start gap-2 py-0.5 pointer-coarse:min-h-11 pointer-coarse:items-center"
      >
        <input
          id={id}
          type={kind === 'radio' ? 'radio' : 'checkbox'}
          // A native checkbox says itself whether it is checked (ARIA in HTML).
          role={kind === 'switch' ? 'switch' : undefined}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className={look}
          {...input}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} className="ps-6 text-ink-3 text-small">
          {hint}
        </p>
      )}
    </div>
  )
}

const box = 'mt-0.5 size-4 shrink-0 accent-accent'

const slider = cx(
  'h-5 w-8 shrink-0 appearance-none rounded-control border border-control bg-inset p-0.5 transition-colors',
  'before:block before:size-3.5 before:rounded-badge before:border before:border-transparent before:bg-control',
  'before:transition-[translate] checked:border-primary checked:bg-primary checked:before:translate-x-3',
  'checked:before:bg-on-primary forced-colors:before:border-current',
)

/** Yes or no, kept until something is done with it. */
export function Checkbox(props: Choice) {
  return <LabelledInput kind="checkbox" look={box} {...props} />
}

/** One of several; the group's question is a Fieldset's. */
export function Radio(props: Choice) {
  return <LabelledInput kind="radio" look={box} {...props} />
}

/** On or off: for what is a setting rather than a choice among several. */
export function Switch(props: Choice) {
  return <LabelledInput kind="switch" look={slider} {...props} />
}
