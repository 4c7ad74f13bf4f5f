import { openApi } from '#lib/http/openapi.ts'
import { operations } from './operations.ts'

let document: string | undefined

/** The API described by the schemas it checks with: made once, since what of the environment is in it does not change. */
export function GET(): Response {
  document ??= JSON.stringify(openApi(operations))
  return new Response(document, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } })
}
export const dynamic = 'force-dynamic' // names of the environment are in it
