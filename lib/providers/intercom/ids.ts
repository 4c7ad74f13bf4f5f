import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api } from '#lib/providers/define-api.ts'

const WORKSPACE = /^[A-Za-z0-9_]{1,64}$/
const NUMBER = /^\d{1,20}$/
const CONTACT = /^[0-9a-f]{24}$/
/** A help center by the name in its address, or a workspace behind `~`, for an article without one. */
const SHELF = /^~?[A-Za-z0-9_-]{1,100}$/

/** Whether a text is what Intercom calls a workspace. */
export const isWorkspace = (text: string): boolean => WORKSPACE.test(text)

/** The workspace that is connected; an id of its things begins with it, since another's may have the same number. */
export const workspaceOf = ({ config }: Api): string => config.workspace ?? ''

const join = (place: string, name: string): string => `${place}.${name}`

/** The id of a conversation; null when the parts, which came from outside, cannot name one. */
export const conversationId = (workspace: string, number: string): string | null =>
  WORKSPACE.test(workspace) && NUMBER.test(number) ? join(workspace, number) : null

/** As conversationId, of a contact. */
export const contactId = (workspace: string, name: string): string | null =>
  WORKSPACE.test(workspace) && CONTACT.test(name) ? join(workspace, name) : null

/** As conversationId, of an article; `shelf`: its help center, or `~` and its workspace. */
export const articleId = (shelf: string, number: string): string | null =>
  SHELF.test(shelf) && NUMBER.test(number) ? join(shelf, number) : null

type Parts = { place: string; name: string }

function split(id: string): Parts {
  const [place = '', name = '', ...rest] = id.split('.')
  if (rest.length > 0) throw new ProviderFailure('not_found')
  return { place, name }
}

function readHere(api: Api, id: string, pattern: RegExp): string {
  const { place, name } = split(id)
  if (place === '' || place !== workspaceOf(api) || !pattern.test(name)) throw new ProviderFailure('not_found')
  return name
}

/** The number of a conversation. Throws ProviderFailure `not_found` for another workspace's, and for what is none. */
export const readConversationId = (api: Api, id: string): string => readHere(api, id, NUMBER)

/** As readConversationId, of a contact. */
export const readContactId = (api: Api, id: string): string => readHere(api, id, CONTACT)

/** As readConversationId, of one of these sections. */
export function readSectionId(api: Api, id: string): string {
  return readHere(api, id, /^[a-z]+$/)
}

/** An article's number, and the help center it has to be in, where the id names one. Throws as readConversationId. */
export function readArticleId(api: Api, id: string): { number: string; helpCenter?: string } {
  const { place, name } = split(id)
  if (articleId(place, name) !== id) throw new ProviderFailure('not_found')
  if (!place.startsWith('~')) return { number: name, helpCenter: place }
  if (place.slice(1) !== workspaceOf(api)) throw new ProviderFailure('not_found')
  return { number: name }
}
