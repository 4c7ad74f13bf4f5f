import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Session, sessionOf } from './ids.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** How far back is looked. */
export const DAYS = 30
const PER_PAGE = 100
/** A busy project: what is older is left out before more is asked. */
const ENOUGH_PAGES = 4
const MOST_PAGES = 10

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
const fullHour = (time: number): string => String(Math.floor(time / HOUR_MS) * HOUR_MS)

/** From when on to read so that not much more than `ENOUGH_PAGES` are left, as far as the first page tells; null to go on. */
function laterStart({ has_next: hasNext, logs }: Log): string | null {
  const [first, last] = [logs.at(0), logs.at(-1)].map((entry) => Date.parse(entry?.created_date ?? ''))
  if (!hasNext || first === undefined || last === undefined || Number.isNaN(last - first)) return null
  const start = now().getTime() - ENOUGH_PAGES * (last - first)
  return start > last ? fullHour(start) : null
}

/** The views of the last days, oldest first. The log is told from its old end, so of a busy one only the latest part is read. */
export async function recentViews(api: Api): Promise<View[]> {
  const begin = await auditPage(api, { limit: PER_PAGE, cursor: fullHour(now().getTime() - DAYS * DAY_MS) })
  const later = laterStart(begin)
  let page = later === null ? begin : await auditPage(api, { limit: PER_PAGE, cursor: later })
  const views = viewsIn(page)
  for (let pages = 1; pages < MOST_PAGES && page.has_next && page.cursor; pages++) {
    page = await auditPage(api, { limit: PER_PAGE, cursor: page.cursor })
    views.push(...viewsIn(page))
  }
  return views
}
