import type { ComponentType } from 'react'
import { bodiesIn, bodyOf, numberIn, textIn, textsIn } from './body.ts'
import { Channel } from './channel.tsx'
import { CodeSearch } from './code-search.tsx'
import { Contact, Conversation } from './conversation.tsx'
import { ErrorIssue } from './error.tsx'
import { Event } from './event.tsx'
import { File } from './file.tsx'
import { Found } from './found.tsx'
import { Issue } from './issue.tsx'
import { Meeting, Recording } from './meeting.tsx'
import { Message } from './message.tsx'
import { Model } from './model.tsx'
import { Page } from './page.tsx'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { PlanBoard, Space, Sprint } from './plan.tsx'
import { Run, State } from './run.tsx'
import { Session } from './session.tsx'
import { Ticket } from './ticket.tsx'
import { When } from './when.tsx'

function Repository({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const description = textIn(body, 'description')
  return (
    <>
      {size !== 'S' && description && <p className="line-clamp-4 break-words text-ink-2">{description}</p>}
      <Footer
        parts={[
          textIn(body, 'language'),
          textIn(body, 'defaultBranch'),
          size !== 'S' && textIn(body, 'visibility'),
          size !== 'S' && textIn(body, 'state') === 'archived' && 'archived',
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}

const marks = new Map([
  ['dir', '/'],
  ['symlink', ' →'],
  ['submodule', ' @'],
])

function Directory({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const total = numberIn(body, 'total')
  const entries = bodiesIn(body, 'entries').map((entry) => ({
    name: textIn(entry, 'name'),
    type: textIn(entry, 'type'),
  }))
  return (
    <>
      {size !== 'S' && (
        <ul className="columns-2 gap-3 font-mono text-small">
          {entries.map(({ name, type }) => (
            <li key={name} className="truncate leading-5">
              {name}
              {marks.has(type) && <span className="text-ink-3">{marks.get(type)}</span>}
            </li>
          ))}
        </ul>
      )}
      <Footer parts={[textIn(body, 'ref'), total !== null && (total === 1 ? '1 entry' : `${total} entries`)]} />
    </>
  )
}

function Project({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const about = textIn(body, 'description')
  return (
    <>
      {size !== 'S' && about && <p className="line-clamp-4 break-words text-ink-2">{about}</p>}
      {size !== 'S' && (
        <Facts
          facts={[
            ['teams', textsIn(body, 'teams').join(', ')],
            ['environments', textsIn(body, 'environments').join(', ')],
            ['lead', textIn(body, 'lead')],
          ]}
        />
      )}
      <Footer
        parts={[
          ...['platform', 'slug', 'type', 'key'].map((name) => textIn(body, name)),
          textIn(body, 'state') === 'archived' && 'archived',
        ]}
      />
    </>
  )
}

function Anything({ resource, size }: BodyProps) {
  return (
    <>
      {size !== 'S' && resource.excerpt && (
        <p className="line-clamp-4 whitespace-pre-line break-words text-ink-2">{resource.excerpt}</p>
      )}
      <Footer parts={[resource.updatedAt && <When key="updated" at={resource.updatedAt} />]} />
    </>
  )
}

/** The cards there are, by the looks a reader names, else by its kind. */
const bodies: Record<string, ComponentType<BodyProps>> = {
  repository: Repository,
  directory: Directory,
  file: File,
  code_search: CodeSearch,
  issue: Issue,
  pull_request: Issue,
  channel: Channel,
  message: Message,
  conversation: Conversation,
  contact: Contact,
  project: Project,
  error: ErrorIssue,
  event: Event,
  model: Model,
  ticket: Ticket,
  found: Found,
  board: PlanBoard,
  sprint: Sprint,
  space: Space,
  page: Page,
  session: Session,
  run: Run,
  state: State,
  meeting: Meeting,
  recording: Recording,
}

/** What is drawn in a way of its own. */
export const knownLooks: ReadonlySet<string> = new Set(Object.keys(bodies))

/** What is content with the plain card: an excerpt, and when it changed. */
export const plainLooks: ReadonlySet<string> = new Set()

/** What a card shows of a thing; every word in it is a foreign one and is drawn as text. */
export function Body(props: BodyProps) {
  const { looks, kind } = props.resource
  const Kind = bodies[looks ?? kind] ?? Anything
  return <Kind {...props} />
}
