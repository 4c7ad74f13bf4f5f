import { cva } from 'class-variance-authority'
import { type BadgeSignal, type BadgeStatus, badgeName, jackOf } from './badge-name.ts'
import { Jack } from './jack.tsx'

const badge = cva(
  'inline-flex h-6 w-fit max-w-full items-center gap-1.5 whitespace-nowrap rounded-badge border border-transparent px-1.5 font-medium text-small',
  {
    variants: {
      signal: {
        green: 'bg-ok-soft text-ok jack-on-ok-soft',
        amber: 'bg-warn-soft text-warn jack-on-warn-soft',
        red: 'bg-error-soft text-error jack-on-error-soft',
        gray: 'bg-off-soft text-off jack-on-off-soft',
        blue: 'bg-busy-soft text-busy jack-on-busy-soft',
      },
    },
  },
)

const jackColour = {
  green: 'text-ok-icon',
  amber: 'text-warn-icon',
  red: 'text-error-icon',
  gray: 'text-off-icon',
  blue: 'text-busy-icon',
} as const satisfies Record<BadgeSignal, string>

export type BadgeProps = {
  status: BadgeStatus
  signal: BadgeSignal
  /** The words seen, in sentence case: "Needs re-auth". */
  text: string
  /** The reason line, part of the accessible name; seen beside the badge, not in it. */
  reason?: string
}

/** One status: socket, words and colour. It never reacts to a click. */
export function Badge({ status, signal, text, reason }: BadgeProps) {
  return (
    <span
      role="img"
      aria-label={badgeName(status, signal, text, reason)}
      data-status={status}
      data-signal={signal}
      className={badge({ signal })}
    >
      <Jack name={jackOf(status, signal)} className={jackColour[signal]} />
      <span className="truncate">{text}</span>
    </span>
  )
}
