import 'server-only'
import { findPerson } from '#lib/tenancy/actor.ts'
import { readFrame } from '#lib/tenancy/queries.ts'
import { readSession } from '#lib/tenancy/read-session.ts'
import { originOf, problemResponse } from './route.ts'

const goTo = (status: 307 | 308, location: string): Response =>
  // which organization it leads to changes, so no browser may keep even the permanent one
  new Response(null, { status, headers: { location, 'cache-control': 'no-store' } })

/**
 * Serves an address that the integrations had before organizations were in it: 308 to the same page of the organization
 * used last, query included. `page` is what follows /settings/integrations.
 */
export function oldAddress(page: string) {
  return async (request: Request): Promise<Response> => {
    const origin = originOf(request)
    const { pathname, search } = new URL(request.url)
    try {
      const token = await readSession(request.headers.get('cookie'))
      const person = token ? await findPerson(token, origin) : null
      if (!person) return goTo(307, `/login?next=${encodeURIComponent(pathname + search)}`)
      const [last] = (await readFrame(person)).organizations
      return last ? goTo(308, `/${last.slug}/settings/integrations${page}${search}`) : goTo(307, '/new')
    } catch (error) {
      return problemResponse(error, origin.requestId)
    }
  }
}
