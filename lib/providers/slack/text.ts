/** Names behind ids, as far as they are known. */
export type Names = ReadonlyMap<string, string>

const special = new Map([
  ['here', '@here'],
  ['channel', '@channel'],
  ['everyone', '@everyone'],
])

/** What stands in angle brackets: a mention, a link, a date (docs.slack.dev/messaging/formatting-message-text). */
function plainOf(inside: string, names: Names): string {
  const [target = '', label = ''] = inside.split(/\|(.*)/s)
  const id = target.slice(1)
  if (target.startsWith('@')) return `@${names.get(id) ?? (label || 'someone')}`
  if (target.startsWith('#')) return `#${label || 'channel'}`
  if (target.startsWith('!')) return label || (special.get(id) ?? '')
  return label || target.replace(/^mailto:/, '')
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }

/** A message's text as people read it: mentions and links by their names, and Slack's three entities as letters. */
export const plainText = (text: string, names: Names = new Map()): string =>
  text
    .replace(/<([^<>]+)>/g, (_, inside: string) => plainOf(inside, names))
    .replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity)

const TITLE_LENGTH = 80

/** The first line of a text, short enough for a title. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH - 1).trimEnd()}…` : line
}

/** What stands in the place of a title where nothing was written. */
export const WORDLESS = 'A message without words'

const EXCERPT_LENGTH = 200

/** The beginning of a text, where its title does not tell all of it. */
export const excerptOf = (text: string): { excerpt?: string } =>
  titleOf(text) === text.trim() ? {} : { excerpt: text.slice(0, EXCERPT_LENGTH) }

/** The ids of people that a text mentions. */
export const mentionedIn = (text: string): string[] =>
  [...text.matchAll(/<@([A-Z0-9]+)/g)].flatMap(([, id]) => id ?? [])
