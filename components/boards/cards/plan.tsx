import { Jack, type JackName } from '#components/ui/jack.tsx'
import { useOwnTime } from '#components/ui/time.tsx'
import type { Shown } from '#components/ui/time-text.ts'
import { bodyOf, textIn } from './body.ts'
import { type BodyProps, Footer } from './parts.tsx'

/** A board that work is planned on. */
export function PlanBoard({ resource }: BodyProps) {
  const body = bodyOf(resource)
  return <Footer isFirst parts={[textIn(body, 'type'), textIn(body, 'key')]} />
}

const jacks: Record<string, JackName> = { active: 'turn', future: 'empty', closed: 'check' }
const words: Record<string, string> = { active: 'Under way', future: 'To come', closed: 'Closed' }

function dayOf(text: string, { timeZone }: Shown): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return ''
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...(timeZone ? { timeZone } : {}) }).format(
    at,
  )
}

/** A sprint: whether it is under way, from when to when, and what it is for. */
export function Sprint({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const state = textIn(body, 'state')
  const shown = useOwnTime()
  const days = [dayOf(textIn(body, 'startsAt'), shown), dayOf(textIn(body, 'endsAt'), shown)]
    .filter(Boolean)
    .join(' – ')
  const goal = textIn(body, 'goal')
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <Jack name={jacks[state] ?? 'empty'} />
        <span className="truncate">{[words[state] ?? state, days].filter(Boolean).join(' · ')}</span>
      </p>
      {size !== 'S' && goal && <p className="line-clamp-4 break-words text-ink-2">{goal}</p>}
    </>
  )
}

/** A space that holds pages: what it is for. */
export function Space({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const about = textIn(body, 'description')
  return (
    <>
      {size !== 'S' && about && <p className="line-clamp-4 whitespace-pre-line break-words text-ink-2">{about}</p>}
      <Footer parts={[textIn(body, 'type'), textIn(body, 'key')]} />
    </>
  )
}
