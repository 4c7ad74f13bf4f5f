import { z } from 'zod'
import type { OAuth2 } from '#lib/providers/define-auth.ts'

/** Databases are read by their tables, and what is thrown away is called so (developers.notion.com/reference/changes-by-version). */
export const VERSION = { 'notion-version': '2026-03-11' }

const Refused = z.object({ error: z.string().optional(), code: z.string().optional() })

/** An error has its name in `error`, or where all of Notion's errors have it (developers.notion.com/reference/create-a-token). */
function tokenAnswer(body: unknown): unknown {
  const { error, code } = Refused.safeParse(body).data ?? {}
  const refused = error ?? code
  return refused === undefined ? body : { error: refused }
}

/**
 * Notion has no scopes: a person chooses pages, and what may be done with them is set up in its developer portal. Its tokens
 * end without saying when, and both are renewed together (developers.notion.com/reference/refresh-a-token).
 */
export const oauth: OAuth2 = {
  type: 'oauth2',
  client: 'notion',
  clientAuth: 'basic',
  pkce: false, // Notion's documentation does not know it
  scopes: [],
  refresh: 'rotates',
  dialect: { authorizeParameters: { owner: 'user' }, tokenBody: 'json', tokenHeaders: VERSION, tokenAnswer },
}
