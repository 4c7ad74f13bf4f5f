import { z } from 'zod'
import type { OAuth2 } from '#lib/providers/define-auth.ts'

/** An app has a version of its own for calls that name none (developers.intercom.com/docs/build-an-integration/learn-more/rest-apis/api-versioning). */
export const VERSION = { 'intercom-version': '2.16' }

const Refused = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string().nullish() })).min(1) })

/** A code that is wrong, or was used, is told in the form of all of Intercom's errors, and as no other refusal by its words alone. */
function tokenAnswer(body: unknown): unknown {
  const [refused] = Refused.safeParse(body).data?.errors ?? []
  if (!refused) return body
  return { error: /\bcode\b/i.test(refused.message ?? '') ? 'invalid_grant' : refused.code }
}

/**
 * Intercom has no scopes: what may be read is chosen for the app in its Developer Hub. A token lasts until the app is uninstalled
 * (developers.intercom.com/docs/build-an-integration/learn-more/authentication/setting-up-oauth).
 */
export const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'intercom',
  clientAuth: 'body',
  pkce: false, // Intercom's documentation does not know it
  scopes: [],
  refresh: 'never',
  dialect: { withoutResponseType: true, tokenAnswer },
}
