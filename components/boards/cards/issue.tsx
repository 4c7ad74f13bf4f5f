import { Jack, type JackName } from '#components/ui/jack.tsx'
import { bodyOf, numberIn, textIn, textsIn } from './body.ts'
import type { BodyProps } from './parts.tsx'
import { Footer } from './parts.tsx'
import { When } from './when.tsx'

const MOST_LABELS = 4

/** The socket of a state; its word stands beside it. */
const jacks: Record<string, JackName> = {
  open: 'empty',
  draft: 'dashed',
  merged: 'check',
  closed: 'slash',
  declined: 'slash',
  superseded: 'slash',
}
const words: Record<string, string> = { not_planned: 'Closed as not planned', duplicate: 'Closed as duplicate' }

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const names = new Intl.ListFormat('en', { type: 'conjunction' })

/** An issue or a pull request: state, people, labels, and what a pull request would change. */
export function Issue({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [state, author, base, head] = ['state', 'author', 'base', 'head'].map((name) => textIn(body, name))
  const [additions, deletions, comments] = ['additions', 'deletions', 'comments'].map((name) => numberIn(body, name))
  const [assignees, labels] = [textsIn(body, 'assignees'), textsIn(body, 'labels')]
  const people = assignees.length > 0 ? `assigned to ${names.format(assignees)}` : author && `by ${author}`
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <Jack name={jacks[state ?? ''] ?? 'empty'} />
        <span className="truncate">
          {[words[textIn(body, 'stateReason')] ?? capital(state ?? ''), people].filter(Boolean).join(' · ')}
        </span>
      </p>
      {size !== 'S' && labels.length > 0 && <Labels labels={labels} />}
      {size !== 'S' && resource.excerpt && <p className="line-clamp-2 break-words text-ink-2">{resource.excerpt}</p>}
      <Footer
        parts={[
          head && base && size !== 'S' && `${head} → ${base}`,
          additions != null && deletions != null && `+${additions} −${deletions}`,
          comments ? (comments === 1 ? '1 comment' : `${comments} comments`) : false,
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}

function Labels({ labels }: { labels: readonly string[] }) {
  const rest = labels.length - MOST_LABELS
  return (
    <ul aria-label="Labels" className="flex max-h-5 flex-wrap gap-1 overflow-hidden">
      {labels.slice(0, MOST_LABELS).map((label) => (
        <li key={label} className="max-w-full truncate rounded-badge border border-line px-1.5 text-ink-2 text-small">
          {label}
        </li>
      ))}
      {rest > 0 && <li className="text-ink-3 text-small">and {rest} more</li>}
    </ul>
  )
}
