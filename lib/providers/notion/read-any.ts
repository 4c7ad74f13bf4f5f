import { ProviderFailure, unlessRefused } from '#lib/providers/api.ts'
import type { Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { excerptOf } from './excerpt.ts'
import { readId } from './ids.ts'
import { toHit, toPage } from './page-shape.ts'
import { findPerson } from './people.ts'
import { around, placeFinder, requireKnown } from './place.ts'
import { UNTITLED } from './properties.ts'
import { findDatabase, rowsOf } from './rows.ts'
import { isTrashed, PageObject } from './shapes.ts'

const ROWS_SHOWN = 5
const LOOKS_UP = 12

const gone = (): ProviderFailure => new ProviderFailure('not_found')

async function readPage(api: Api, id: string): Promise<Resource> {
  const page = await api(`/pages/${id}`, { schema: PageObject })
  if (isTrashed(page)) throw gone()
  const [place, excerpt, editor] = await Promise.all([
    placeFinder(api, LOOKS_UP)(page.parent),
    unlessRefused(excerptOf(api, id)),
    unlessRefused(findPerson(api, page.last_edited_by?.id)),
  ])
  requireKnown(place)
  return toPage(page, { place, excerpt, editor })
}

async function readDatabase(api: Api, id: string): Promise<Resource> {
  const database = await findDatabase(api, id)
  if (isTrashed(database)) throw gone()
  const [place, { rows }] = await Promise.all([
    placeFinder(api, LOOKS_UP)(database.parent),
    rowsOf(api, database, { count: ROWS_SHOWN }),
  ])
  requireKnown(place)
  return {
    kind: 'database',
    id,
    title: database.title || UNTITLED,
    url: database.url,
    ...around(place.databases),
    ...(database.last_edited_time ? { updatedAt: database.last_edited_time } : {}),
    ...(database.description ? { excerpt: database.description } : {}),
    body: { hits: rows.map(toHit) },
  }
}

const ways = { page: readPage, database: readDatabase }

const isNotShared = (error: unknown): boolean => error instanceof ProviderFailure && error.detail === 'not_shared'

/** Notion has none of this kind by that id, which may then be one of the other. */
const isOfOtherKind = (error: unknown): boolean =>
  isNotShared(error) || (error instanceof ProviderFailure && error.status === 400)

/** A page or a database by its id: an address does not always tell which of the two it is. What can be done about counts. */
export async function readAny(api: Api, text: string, first: 'page' | 'database'): Promise<Resource> {
  const id = readId(text)
  try {
    return await ways[first](api, id)
  } catch (error) {
    if (!isOfOtherKind(error)) throw error
    return ways[first === 'page' ? 'database' : 'page'](api, id).catch((again: unknown) =>
      Promise.reject(isOfOtherKind(again) && !isNotShared(again) ? error : again),
    )
  }
}
