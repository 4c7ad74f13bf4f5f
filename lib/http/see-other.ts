import 'server-only'
import { env } from '#lib/platform/env.ts'

/** Sends the browser on with a GET: to a path of ours, or to an address that was built by us. Never cached, no referrer. */
export function seeOther(address: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(address, env().APP_URL).href,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  })
}
