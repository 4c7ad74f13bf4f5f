import { ProviderFailure } from '#lib/providers/api.ts'

const UUID = /^([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})$/i

/** The id of a page or a database as Notion writes it, from one with or without its dashes; null for anything else. */
export function notionId(text: string): string | null {
  const [, ...parts] = UUID.exec(text) ?? []
  return parts.length === 0 ? null : parts.join('-').toLowerCase()
}

/** As notionId. Throws ProviderFailure `not_found` for what is no id. */
export function readId(text: string): string {
  const id = notionId(text)
  if (id === null || id !== text) throw new ProviderFailure('not_found')
  return id
}
