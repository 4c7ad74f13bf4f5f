'use client'
import { useState } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { useTicks } from './use-ticks.ts'

type Props = { lines: readonly string[]; storedAs: string; isDone: boolean }

/** What one needs first, to tick off. The ticks are the person's own: they stay in this browser. */
export function GuideBefore({ lines, storedAs, isDone }: Props) {
  const [ticks, tick] = useTicks(storedAs)
  const [wasDone] = useState(isDone)
  const ready = lines.filter((line) => ticks.has(line)).length
  if (isDone || wasDone)
    return (
      <Panel as="ul" className="max-w-read">
        {lines.map((line) => (
          <li key={line} className="flex gap-2 px-4 py-2.5">
            <Jack name="check" className="mt-0.5 text-ok-icon" />
            {line}
          </li>
        ))}
      </Panel>
    )
  return (
    <>
      <Panel as="ul" className="max-w-read">
        {lines.map((line) => (
          <li key={line} className="px-4 py-1.5">
            <Checkbox
              label={line}
              checked={ticks.has(line)}
              onChange={({ currentTarget }) => tick(line, currentTarget.checked)}
            />
          </li>
        ))}
      </Panel>
      <p className="text-ink-3 text-small tabular-nums">
        {ready} of {lines.length} ready. Ticks are kept in this browser only.
      </p>
    </>
  )
}
