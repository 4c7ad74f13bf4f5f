import { Details } from '#components/ui/details.tsx'
import { Jack } from '#components/ui/jack.tsx'
import { RowHead, Td, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import type { AuditEventView } from '#lib/audit/schema.ts'
import { differences, resultNames, whatHappened } from './audit-words.ts'

type Props = { event: AuditEventView; toolName: (id: string) => string; seesAddresses: boolean }

/** One event: when, who did what, how it ended, from where; what changed is folded away. */
export function AuditRow({ event, toolName, seesAddresses }: Props) {
  const changes = differences(event)
  return (
    <Tr data-action={event.action}>
      <Td label="Time">
        <span className="text-ink-2 text-small">
          <Time form="absolute" value={event.at} />
        </span>
      </Td>
      <RowHead className="wrap-anywhere">
        <div className="grid gap-1 font-normal">
          <span>
            <strong className="font-semibold">{event.actor.name}</strong> {whatHappened(event, toolName)}
          </span>
          {changes.length > 0 && (
            <Details summary="What changed">
              <ul className="grid gap-0.5 text-ink-2 text-small">
                {changes.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </Details>
          )}
        </div>
      </RowHead>
      <Td label="Result">
        <span className="flex items-center gap-1.5">
          {event.result !== 'ok' && <Jack name="attention" className="text-warn-icon" />}
          {resultNames[event.result]}
        </span>
      </Td>
      {seesAddresses && (
        <Td label="Address">
          <span className="font-mono text-small wrap-anywhere">{event.ip ?? 'none'}</span>
        </Td>
      )}
    </Tr>
  )
}
