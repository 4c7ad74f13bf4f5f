import { openApi } from '#lib/http/openapi.ts'
import { operations } from './operations.ts'

/** The API described by the schemas it checks with. */
export const GET = () => Response.json(openApi(operations), { headers: { 'cache-control': 'no-store' } })
export const dynamic = 'force-dynamic' // names of the environment are in it
