import type { Page, Reader } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { readId } from './ids.ts'
import { pageLink } from './links.ts'
import { toPage } from './page-shape.ts'
import { knownPages, placeFinder } from './place.ts'
import { readAny } from './read-any.ts'
import { findDatabase, rowsOf } from './rows.ts'
import { searchTitles } from './search-titles.ts'
import { PageObject } from './shapes.ts'

const FOUND = 10
const LISTED = 50
/** Three requests a second are all there are (developers.notion.com/reference/request-limits). */
const LOOKS_UP = 15

type At = { parent?: string; cursor?: string }

/** The rows of one database, each of which is a page. */
async function inDatabase(
  api: Api,
  parent: string,
  asked: { cursor?: string | undefined; titled?: string; count: number },
): Promise<Page> {
  const id = readId(parent)
  const database = await findDatabase(api, id)
  const { rows, nextCursor } = await rowsOf(api, database, asked)
  const { databases, isKnown } = await placeFinder(api, LOOKS_UP)(database.parent)
  const place = { databases: [id, ...databases], isKnown, container: database.title }
  return { items: rows.map((row) => toPage(row, { place })), ...(nextCursor ? { nextCursor } : {}) }
}

/** Pages anywhere, with where each of them is. */
async function anywhere(
  api: Api,
  asked: { query?: string; cursor?: string | undefined; count: number },
): Promise<Page> {
  const { found, nextCursor } = await searchTitles(api, { of: 'page', schema: PageObject, ...asked })
  const placeOf = placeFinder(api, LOOKS_UP, knownPages(found))
  const items = await Promise.all(found.map(async (page) => toPage(page, { place: await placeOf(page.parent) })))
  return { items, ...(nextCursor ? { nextCursor } : {}) }
}

export const pages: Reader = {
  kind: 'page',
  name: 'Page',
  list: (api, { parent, cursor }: At) =>
    parent === undefined ? anywhere(api, { cursor, count: FOUND }) : inDatabase(api, parent, { cursor, count: LISTED }),
  search: (api, query, { parent, cursor }: At) =>
    parent === undefined
      ? anywhere(api, { query, cursor, count: FOUND })
      : inDatabase(api, parent, { titled: query, cursor, count: LISTED }),
  read: (api, id) => readAny(api, id, 'page'),
  match: pageLink,
}
