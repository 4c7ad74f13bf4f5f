import type { Resource } from '#lib/providers/define.ts'
import { around, type Place } from './place.ts'
import { stateOf, titleOf } from './properties.ts'
import type { PageObject } from './shapes.ts'

type About = { place: Place; excerpt?: string | undefined; editor?: string | undefined }

/** What decides whether a page may stand on boards: the databases it is in. Where these cannot be told, it is kept to itself. */
function placed({ databases: [nearest, ...others], isKnown, container }: Place): Partial<Resource> {
  return {
    ...(nearest === undefined ? {} : { parent: nearest, containerId: nearest, ...around(others) }),
    ...(isKnown ? {} : { isPrivate: true }),
    ...(container ? { container } : {}),
  }
}

/** A page as it is shown. */
export function toPage(page: PageObject, { place, excerpt, editor = '' }: About): Resource {
  return {
    kind: 'page',
    id: page.id,
    title: titleOf(page),
    url: page.url,
    ...placed(place),
    ...(page.last_edited_time ? { updatedAt: page.last_edited_time } : {}),
    ...(excerpt ? { excerpt } : {}),
    body: { editor, state: stateOf(page) },
  }
}

/** A row as a line of a list. */
export const toHit = (page: PageObject) => ({ title: titleOf(page), url: page.url, detail: stateOf(page) })
