import { originOf, problemResponse } from '#lib/http/route.ts'
import { Problem } from '#lib/platform/problem.ts'

/** An address under /api that is none: a problem, where the pages would answer with their own. */
async function nothing(request: Request): Promise<Response> {
  return problemResponse(new Problem('not-found'), originOf(request).requestId)
}

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT }
