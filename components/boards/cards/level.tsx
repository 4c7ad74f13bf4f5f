import { Jack, type JackName } from '#components/ui/jack.tsx'

type Look = { jack: JackName; tone: string }
const looks: Record<string, Look> = {
  fatal: { jack: 'cross', tone: 'text-error-icon' },
  error: { jack: 'attention', tone: 'text-error-icon' },
  warning: { jack: 'diamond', tone: 'text-warn-icon' },
  info: { jack: 'note', tone: 'text-busy-icon' },
}
const unknown: Look = { jack: 'empty', tone: 'text-off-icon' }

/** How bad something is: a shape and a word for each level, the colour comes on top. */
export function Level({ level }: { level: string }) {
  if (level === '') return null
  const { jack, tone } = looks[level] ?? unknown
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      <Jack name={jack} className={tone} />
      {level.charAt(0).toUpperCase() + level.slice(1)}
    </span>
  )
}
