import { endpoint } from '#sandbox/atlassian/product.ts'
import { router } from '#sandbox/route.ts'
import { listAncestors, listChildren, listPages, listPagesOfSpace, showPage } from './pages.ts'
import { failureOfFirst } from './refusal.ts'
import { NEED } from './scopes.ts'
import { search, searchContent } from './search.ts'
import { listSpaces, showSpace } from './spaces.ts'
import type { Data } from './state.ts'
import { showCurrentUser } from './users.ts'

const OPEN = true

// The first version's reads of content and spaces (developer.atlassian.com/cloud/confluence/changelog, removals).
const removed = (): never => {
  throw failureOfFirst(
    410,
    'com.atlassian.confluence.api.service.exceptions.pagesmodes.GoneException: This deprecated endpoint has been removed.',
  )
}

/** The endpoints of Confluence's API that are simulated, and the ones that it no longer has. */
export const findEndpoint = router([
  endpoint<Data>('GET /wiki/rest/api/user/current', showCurrentUser, NEED.user),
  endpoint<Data>('GET /wiki/rest/api/search', search, NEED.search, OPEN),
  endpoint<Data>('GET /wiki/rest/api/content/search', searchContent, NEED.search, OPEN),
  endpoint<Data>('GET /wiki/rest/api/space', removed, NEED.nothing, OPEN),
  endpoint<Data>('GET /wiki/rest/api/space/{+path}', removed, NEED.nothing, OPEN),
  endpoint<Data>('GET /wiki/rest/api/content', removed, NEED.nothing, OPEN),
  endpoint<Data>('GET /wiki/rest/api/content/{+path}', removed, NEED.nothing, OPEN),
  endpoint<Data>('GET /wiki/api/v2/spaces', listSpaces, NEED.spaces, OPEN),
  endpoint<Data>('GET /wiki/api/v2/spaces/{space}', showSpace, NEED.spaces, OPEN),
  endpoint<Data>('GET /wiki/api/v2/spaces/{space}/pages', listPagesOfSpace, NEED.pages, OPEN),
  endpoint<Data>('GET /wiki/api/v2/pages', listPages, NEED.pages, OPEN),
  endpoint<Data>('GET /wiki/api/v2/pages/{page}', showPage, NEED.pages, OPEN),
  endpoint<Data>('GET /wiki/api/v2/pages/{page}/children', listChildren, NEED.pages, OPEN),
  endpoint<Data>('GET /wiki/api/v2/pages/{page}/ancestors', listAncestors, NEED.pages, OPEN),
])
