import { counted } from '#components/ui/counted.ts'
import { bodiesIn, bodyOf, nameIn, namesIn, numberIn, textIn } from './body.ts'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { When } from './when.tsx'

const recordings = new Map([
  ['none', 'No recording'],
  ['not_on_plan', 'Recordings are not on this plan'],
])
const transcripts = new Map([
  ['none', 'No transcript'],
  ['not_ready', 'Transcript is being made'],
])

const lengthOf = (minutes: number | null): string => (minutes === null || minutes === 0 ? '' : `${minutes} min`)

/** A link out of a card, which says so. */
function Out({ href, children }: { href: string; children: string }) {
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer">
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  )
}

/** A meeting: when it is or was, who came, and where its recording is. */
export function Meeting({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [starts, held] = [textIn(body, 'starts'), textIn(body, 'held')]
  const count = numberIn(body, 'participants')
  const [recording, url] = [textIn(body, 'recording'), textIn(body, 'recordingUrl')]
  const names = namesIn(body, 'names')
  return (
    <>
      <Footer
        isFirst
        parts={[
          starts || held ? <When key="when" at={held || starts} isPlanned /> : 'No fixed time',
          lengthOf(numberIn(body, 'minutes')),
          count !== null && counted(count, 'participant', 'participants'),
        ]}
      />
      {size === 'L' && resource.excerpt && (
        <p className="line-clamp-3 whitespace-pre-line break-words text-ink-2">{resource.excerpt}</p>
      )}
      {size !== 'S' && (
        <Facts
          facts={[
            ['host', nameIn(body, 'host')],
            ['participants', names.slice(0, size === 'L' ? 8 : 4).join(', ')],
            ['next', held && starts > held && <When key="next" at={starts} isPlanned />],
          ]}
        />
      )}
      <Footer
        parts={[
          url ? (
            <Out key="recording" href={url}>
              Recording
            </Out>
          ) : (
            recordings.get(recording)
          ),
        ]}
      />
    </>
  )
}

/** What was recorded of a meeting: its files, each a link to where it is seen. */
export function Recording({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const files = bodiesIn(body, 'files').map((file) => ({ name: textIn(file, 'name'), url: textIn(file, 'url') }))
  const held = textIn(body, 'held')
  return (
    <>
      <Footer isFirst parts={[held && <When key="held" at={held} />, lengthOf(numberIn(body, 'minutes'))]} />
      {size !== 'S' && (
        <ul className="grid gap-0.5">
          {files
            .filter(({ url }) => url !== '')
            .slice(0, size === 'L' ? 6 : 4)
            .map(({ name, url }) => (
              <li key={name} className="truncate">
                <Out href={url}>{name}</Out>
              </li>
            ))}
        </ul>
      )}
      <Footer parts={[transcripts.get(textIn(body, 'transcript'))]} />
    </>
  )
}
