import { ProviderFailure } from '#lib/providers/api.ts'
import type { Api, Resource } from '#lib/providers/define.ts'
import { excerptOf } from './excerpt.ts'
import { readId } from './ids.ts'
import { toHit, toPage } from './page-shape.ts'
import { findPerson } from './people.ts'
import { placeFinder, unlessRefused } from './place.ts'
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
  const isRow = place.in === 'database' && place.page === undefined
  const database = isRow ? await unlessRefused(findDatabase(api, place.id)) : undefined
  return toPage(page, { place, excerpt, editor, ...(database?.title ? { container: database.title } : {}) })
}

async function readDatabase(api: Api, id: string): Promise<Resource> {
  const database = await findDatabase(api, id)
  if (isTrashed(database)) throw gone()
  const { rows } = await rowsOf(api, database, { count: ROWS_SHOWN })
  return {
    kind: 'database',
    id,
    title: database.title || UNTITLED,
    url: database.url,
    ...(database.last_edited_time ? { updatedAt: database.last_edited_time } : {}),
    ...(database.description ? { excerpt: database.description } : {}),
    body: { hits: rows.map(toHit) },
  }
}

const ways = { page: readPage, database: readDatabase }

/** Notion has none of this kind by that id, which may then be one of the other. */
const isOfOtherKind = (error: unknown): boolean =>
  error instanceof ProviderFailure && (error.detail === 'not_shared' || error.status === 400)

/** A page or a database by its id: an address does not always tell which of the two it is. What it says of neither counts. */
export async function readAny(api: Api, text: string, first: 'page' | 'database'): Promise<Resource> {
  const id = readId(text)
  try {
    return await ways[first](api, id)
  } catch (error) {
    if (!isOfOtherKind(error)) throw error
    return ways[first === 'page' ? 'database' : 'page'](api, id).catch((again: unknown) =>
      Promise.reject(isOfOtherKind(again) ? error : again),
    )
  }
}
