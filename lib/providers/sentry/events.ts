import { z } from 'zod'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readEventId } from './ids.ts'
import { type Issue, inProject, issueAddress, readIssue } from './issues.ts'
import { eventLink } from './links.ts'
import { readPage } from './paging.ts'

/** What is read of an event: never its user, request, entries or contexts (docs.sentry.io/api/events). */
const Event = z.object({
  eventID: z.string().regex(/^[0-9a-f-]{32,36}$/i),
  title: z.string().nullish(),
  dateCreated: z.string().nullish(),
  platform: z.string().nullish(),
  location: z.string().nullish(),
  culprit: z.string().nullish(),
  release: z
    .union([z.string(), z.object({ version: z.string() }).transform(({ version }) => version)])
    .nullish()
    .catch(null),
  tags: z.array(z.object({ key: z.string(), value: z.string().nullish() })).nullish(),
})
type Event = z.infer<typeof Event>

// Tags are whatever a team sends. These say where something ran; any other may say who somebody is.
const toldTags = new Set(
  'browser browser.name device device.family dist environment handled level logger mechanism os os.name release runtime runtime.name server_name transaction'.split(
    ' ',
  ),
)
// ... and so may their values, where they are no version: an e-mail address, an IP address.
const isVersion = /^(?:browser|dist|os|release|runtime)\b/
const namesSomebody = /@|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,}/i

const tagsOf = ({ tags }: Event): { key: string; value: string }[] =>
  (tags ?? []).flatMap(({ key, value }) =>
    value && toldTags.has(key) && (isVersion.test(key) || !namesSomebody.test(value)) ? { key, value } : [],
  )

function toResource(api: Api, issue: Issue, event: Event): Resource {
  const id = event.eventID.replaceAll('-', '').toLowerCase()
  const tags = tagsOf(event)
  const tag = (name: string): string => tags.find(({ key }) => key === name)?.value ?? ''
  const release = event.release ?? tag('release')
  const culprit = event.culprit || event.location || ''
  return {
    kind: 'event',
    id: `${issue.id}.${id}`,
    title: event.title || issue.title,
    url: `${issueAddress(api, issue).replace(/\/?$/, '/')}events/${id}/`,
    parent: issue.id,
    ...inProject(issue),
    updatedAt: event.dateCreated ?? undefined,
    excerpt: [culprit, release, tag('environment')].filter(Boolean).join('\n') || undefined,
    body: {
      issue: issue.shortId ?? '',
      level: tag('level') || issue.level || '',
      platform: event.platform ?? '',
      release,
      environment: tag('environment'),
      culprit,
      tags,
    },
  }
}

const eventsOf = (issue: Issue): string => `/issues/${issue.id}/events/`

async function list(api: Api, { parent, cursor }: { parent?: string; cursor?: string }): Promise<Page> {
  if (!parent) return { items: [] }
  const issue = await readIssue(api, parent)
  const { value, nextCursor } = await readPage(api, eventsOf(issue), {
    schema: z.array(Event),
    query: { full: 'false', per_page: 100 },
    cursor,
  })
  return { items: value.map((event) => toResource(api, issue, event)), nextCursor }
}

/** One event of an issue: an id, or `latest`. */
export const readEvent = (api: Api, issue: Issue, event: string) =>
  api(`${eventsOf(issue)}${event}/`, { schema: Event })

export const events: Reader = {
  kind: 'event',
  name: 'Event',
  list,
  read: async (api, id) => {
    const named = readEventId(id)
    const issue = await readIssue(api, named.issue)
    return toResource(api, issue, await readEvent(api, issue, named.event))
  },
  match: eventLink,
}
