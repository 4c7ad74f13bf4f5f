import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Session, sessionOf } from './ids.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** How far back is looked. */
export const DAYS = 30
const PER_PAGE = 100
/** So many are read one after the other, and altogether. */
const WHOLE_PAGES = 3
const MOST_PAGES = 16

const Entry = z.object({
  created_date: z.string(),
  user: z.string().nullish(),
  action: z.string(),
  description: z.unknown(),
})
const Log = z.object({
  has_next: z.boolean(),
  cursor: z.union([z.string(), z.number().transform(String)]).nullish(),
  logs: z.array(Entry),
})
type Log = z.infer<typeof Log>

/** A cursor is opaque and comes as a number, which may be longer than any that JSON.parse keeps exactly. */
function reviveCursor(key: string, value: unknown, context?: { source?: string }): unknown {
  return key === 'cursor' && typeof value === 'number' ? (context?.source ?? String(value)) : value
}

const Text = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text, reviveCursor)
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

/** One page, oldest first; a first cursor may be a time in ms (docs.logrocket.com/docs/audit-log-api). */
export const auditPage = (api: Api, query: { limit: number; cursor?: string }): Promise<Log> =>
  api('/audit/logs/', { schema: Text.pipe(Log), as: 'text', query })

/** Somebody of the organization opened a session. `by` is their address there. */
export type View = Session & { by: string; at: string }

const viewsIn = ({ logs }: Log): View[] =>
  logs.flatMap(({ action, description, user, created_date: at }) => {
    const session = action === 'Viewed session' && typeof description === 'string' ? sessionOf(description) : null
    return session && !Number.isNaN(Date.parse(at)) ? [{ ...session, by: user ?? '', at }] : []
  })

/** Full hours, so that what is asked for several cards at once is asked once. */
const fullHour = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS

/** What to ask for after so many pages: the next one or, where there are too many, what is half way from here to now. */
function nextCursor({ cursor, logs }: Log, pages: number): string | null | undefined {
  const last = Date.parse(logs.at(-1)?.created_date ?? '')
  const halfWay = Math.round((last + fullHour(now().getTime())) / 2)
  return pages >= WHOLE_PAGES && halfWay > last ? String(halfWay) : cursor
}

/**
 * The views of the last days, oldest first. The log is told from its old end and in no other way, so of a long one only parts
 * are read, the latest among them.
 */
export async function recentViews(api: Api): Promise<View[]> {
  const views: View[] = []
  let cursor: string | null | undefined = String(fullHour(now().getTime() - DAYS * DAY_MS))
  for (let pages = 1; pages <= MOST_PAGES && cursor; pages++) {
    const page: Log = await auditPage(api, { limit: PER_PAGE, cursor })
    views.push(...viewsIn(page))
    cursor = page.has_next ? nextCursor(page, pages) : null
  }
  return views
}
