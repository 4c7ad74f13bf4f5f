import { ProviderFailure } from '#lib/providers/api.ts'

// Numbers in an address are longer than any counter holds exactly, so they stay text.
const number = /^\d{1,20}$/
const shortId = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}-[A-Za-z0-9]{1,20}$/
const slug = /^[a-z0-9][a-z0-9_-]{0,99}$/
const eventId = /^(?:[0-9a-f]{32}|latest|oldest|recommended)$/

const notFound = (): never => {
  throw new ProviderFailure('not_found')
}

/** Whether it is an issue's number. */
export const isNumber = (text: string): boolean => number.test(text)
/** Whether it has the form of a short id: a project, a hyphen, and what counts its issues. */
export const isShortId = (text: string): boolean => shortId.test(text)

/** The id of an issue out of a link: its number, or its short id (`API-12`); null for anything else. */
export const issueId = (text: string): string | null => (isNumber(text) || isShortId(text) ? text : null)

/** The id of an event of an issue out of a link; null when they cannot name one. */
export function eventIdOf(issue: string, event: string): string | null {
  const plain = event.toLowerCase().replaceAll('-', '')
  return issueId(issue) && eventId.test(plain) ? `${issue}.${plain}` : null
}

/** A project out of a link: its slug, or its number. */
export const projectId = (text: string): string | null => (slug.test(text) ? text : null)

/** A project's id. Throws ProviderFailure `not_found` for one that is none of ours. */
export const readProjectId = (id: string): string => projectId(id) ?? notFound()
/** An issue's id. Throws as readProjectId. */
export const readIssueId = (id: string): string => issueId(id) ?? notFound()
/** The two parts of an event's id. Throws as readProjectId. */
export function readEventId(id: string): { issue: string; event: string } {
  const [issue = '', event = ''] = id.split('.')
  return eventIdOf(issue, event) === id ? { issue, event } : notFound()
}
