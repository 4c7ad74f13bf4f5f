'use client'
import Link from 'next/link'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { AttemptWatch } from './attempt-watch.tsx'
import type { Attempt } from './attempts.ts'
import { clockText, useElapsed } from './use-elapsed.ts'

/** Watches all attempts of this tab, and shows those that no panel on this page shows. */
export function AttemptChips({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <>
      <AttemptWatch attempts={attempts} />
      {attempts.map((attempt) => !attempt.panels && <Chip key={attempt.id} attempt={attempt} />)}
    </>
  )
}

function sayingOf({ name, ending, isTimedOut, view }: Attempt): { jack: JackName; colour: string; text: string } {
  if (ending?.tone === 'ok') return { jack: 'check', colour: 'text-ok-icon', text: `${name} connected` }
  if (ending) return { jack: 'attention', colour: 'text-warn-icon', text: `${name} didn't connect` }
  if (isTimedOut) return { jack: 'clock', colour: 'text-warn-icon', text: 'Connection timeout' }
  if (view?.status === 'mismatch')
    return { jack: 'attention', colour: 'text-warn-icon', text: `${name}: which account?` }
  if (view?.status === 'choosing') return { jack: 'attention', colour: 'text-warn-icon', text: `${name}: which site?` }
  return { jack: 'busy', colour: 'text-busy-icon', text: `Waiting for ${name}` }
}

function Chip({ attempt }: { attempt: Attempt }) {
  const seconds = useElapsed(attempt.startedAt)
  const { jack, colour, text } = sayingOf(attempt)
  return (
    <Link
      href={`/${attempt.org}/settings/integrations`}
      className="flex min-h-7 max-w-full items-center gap-1.5 rounded-control border border-line bg-surface px-2 py-1 text-small hover:bg-inset pointer-coarse:min-h-11"
    >
      <Jack name={jack} className={colour} />
      <span className="min-w-0 break-words max-sm:truncate">{text}</span>
      {jack === 'busy' && <span className="ms-auto text-ink-3 tabular-nums">{clockText(seconds)}</span>}
    </Link>
  )
}
