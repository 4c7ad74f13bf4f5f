import type { Resource } from '#lib/providers/define.ts'
import type { Place } from './place.ts'
import { stateOf, titleOf } from './properties.ts'
import type { PageObject } from './shapes.ts'

type About = { place: Place; container?: string | undefined; excerpt?: string | undefined; editor?: string | undefined }

/** What decides whether a page may stand on boards: its database. Where that cannot be told, it is kept to itself. */
function placed(place: Place): Partial<Resource> {
  if (place.in === 'database') return { parent: place.id, containerId: place.id }
  return place.in === 'unknown' ? { isPrivate: true } : {}
}

/** A page as it is shown. */
export function toPage(page: PageObject, { place, container = place.page, excerpt, editor = '' }: About): Resource {
  return {
    kind: 'page',
    id: page.id,
    title: titleOf(page),
    url: page.url,
    ...placed(place),
    ...(container ? { container } : {}),
    ...(page.last_edited_time ? { updatedAt: page.last_edited_time } : {}),
    ...(excerpt ? { excerpt } : {}),
    body: { editor, state: stateOf(page) },
  }
}

/** A row as a line of a list. */
export const toHit = (page: PageObject) => ({ title: titleOf(page), url: page.url, detail: stateOf(page) })
