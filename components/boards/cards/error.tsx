import { counted } from '#components/ui/counted.ts'
import { bodyOf, namesIn, numberIn, numbersIn, textIn } from './body.ts'
import { Level } from './level.tsx'
import { type BodyProps, Footer } from './parts.tsx'
import { Trend } from './trend.tsx'
import { When } from './when.tsx'

const names = new Intl.ListFormat('en', { type: 'conjunction' })
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).replaceAll('_', ' ')

/** Something that goes wrong again and again: how bad, how often, for how many, and who looks after it. */
export function ErrorIssue({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [state, substate] = [textIn(body, 'state'), textIn(body, 'substate')]
  const [events, users] = [numberIn(body, 'events'), numberIn(body, 'users')]
  const [hours, direction] = [numbersIn(body, 'hours'), textIn(body, 'trend')]
  const assignees = namesIn(body, 'assignees')
  const said = [capital(state), substate && substate !== state && capital(substate).toLowerCase()]
  const often = [
    events !== null && counted(events, 'event'),
    users !== null && counted(users, 'user'),
    direction,
  ].filter((one) => one !== false && one !== '')
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <Level level={textIn(body, 'level')} />
        {state && <span className="truncate">· {said.filter(Boolean).join(', ')}</span>}
      </p>
      {size !== 'S' && (
        <div className="flex min-w-0 items-center gap-3">
          <p className="max-w-4/5 shrink-0 truncate text-ink-2 tabular-nums">{often.join(' · ')}</p>
          <Trend counts={hours} direction={direction} />
        </div>
      )}
      {size !== 'S' && resource.excerpt && (
        <p className="truncate font-mono text-ink-2 text-small">{resource.excerpt}</p>
      )}
      {size !== 'S' && (
        <p className="truncate text-ink-2">
          {assignees.length > 0 ? `assigned to ${names.format(assignees)}` : 'assigned to nobody'}
        </p>
      )}
      <Footer
        parts={
          size === 'S'
            ? often.slice(0, 2)
            : [textIn(body, 'shortId'), resource.updatedAt && <When key="updated" at={resource.updatedAt} />]
        }
      />
    </>
  )
}
