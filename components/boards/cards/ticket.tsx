import { cx } from 'class-variance-authority'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { bodyOf, namesIn, numberIn, textIn } from './body.ts'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { When } from './when.tsx'

/** The socket of how far it is; a team's own word for it stands beside it. */
const jacks: Record<string, JackName> = { new: 'empty', indeterminate: 'turn', done: 'check' }
const names = new Intl.ListFormat('en', { type: 'conjunction' })

/** A piece of planned work: how far it is, who has it, in which sprint, how much it was thought to be. */
export function Ticket({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [state, sprint, points] = [textIn(body, 'state'), textIn(body, 'sprint'), numberIn(body, 'points')]
  const assignees = namesIn(body, 'assignees')
  const excerptLines = size === 'M' && sprint !== '' && points !== null ? 'line-clamp-1' : 'line-clamp-2'
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <Jack name={jacks[textIn(body, 'category')] ?? 'empty'} />
        <span className="truncate">
          {[state, assignees.length > 0 ? `assigned to ${names.format(assignees)}` : 'assigned to nobody']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {size !== 'S' && (
        <Facts
          facts={[
            ['sprint', sprint],
            ['points', points === null ? '' : String(points)],
          ]}
        />
      )}
      {size !== 'S' && resource.excerpt && (
        <p className={cx(excerptLines, 'break-words text-ink-2')}>{resource.excerpt}</p>
      )}
      <Footer
        parts={[
          textIn(body, 'type'),
          textIn(body, 'priority'),
          size === 'S' && sprint,
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}
