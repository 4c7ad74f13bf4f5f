import { endpoint } from '#sandbox/atlassian/product.ts'
import { router } from '#sandbox/route.ts'
import { NEED } from './scopes.ts'
import type { Data } from './state.ts'
import { showCurrentUser } from './users.ts'

/** The endpoints of Confluence's API that are simulated. */
export const findEndpoint = router([endpoint<Data>('GET /wiki/rest/api/user/current', showCurrentUser, NEED.user)])
