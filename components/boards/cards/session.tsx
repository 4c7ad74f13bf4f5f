import { webAddress } from '../links.ts'
import { bodyOf, namesIn, numberIn, textIn } from './body.ts'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { Report } from './report.tsx'
import { When } from './when.tsx'

const names = new Intl.ListFormat('en', { type: 'conjunction' })
const MOST_NAMES = 3

/** Who else looked, some by name. */
function othersOf(viewers: readonly string[]): string {
  const others = viewers.slice(1)
  const more = others.length - MOST_NAMES
  return names.format(more > 0 ? [...others.slice(0, MOST_NAMES), `${more} more`] : others)
}

/** A recorded visit: where it is replayed, who looked at it last and when, and what is not told of it. */
export function Session({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [replay, viewedBy, note] = [
    webAddress(textIn(body, 'replayUrl')),
    textIn(body, 'viewedBy'),
    textIn(body, 'note'),
  ]
  // without their number, there may be later ones
  const views = numberIn(body, 'views')
  return (
    <>
      {viewedBy && (
        <p className="truncate text-ink-2">
          {views === null ? 'Viewed' : 'Last viewed'} by {viewedBy}
          {resource.updatedAt && size !== 'S' && (
            <>
              {' · '}
              <When at={resource.updatedAt} />
            </>
          )}
        </p>
      )}
      {size === 'S' && <Report resource={resource} onceOrdered />}
      {size !== 'S' && (
        <div className="flex min-w-0 flex-wrap items-center gap-x-4">
          {replay && (
            <a className="link" href={replay} target="_blank" rel="noreferrer">
              Open the replay
              <span className="sr-only"> (opens in new tab)</span>
            </a>
          )}
          <Report resource={resource} />
        </div>
      )}
      {size === 'L' && (
        <Facts
          facts={[
            ['address', resource.forAdmins?.email],
            ['also viewed by', othersOf(namesIn(body, 'viewers'))],
            ['recording', textIn(body, 'recording')],
          ]}
        />
      )}
      {size !== 'S' && note && <p className="line-clamp-2 break-words text-ink-3 text-small">{note}</p>}
      <Footer
        parts={[resource.container, views ? (views === 1 ? '1 view in 30 days' : `${views} views in 30 days`) : null]}
      />
    </>
  )
}
