import { z } from 'zod'
import { now } from '#lib/platform/clock.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Session, sessionOf } from './ids.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** How far back is looked. */
export const DAYS = 30
const PER_PAGE = 100
/** So many are read altogether. Of a log with more of them, the last are for its latest part. */
const MOST_PAGES = 16
const FOR_THE_LATEST = 6

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
  api('/audit/logs/', {
    schema: Text.pipe(Log),
    as: 'text',
    query,
    // a log grows at its end alone: what is behind a cursor, up to a full page, stays
    keptMs: ({ has_next: hasNext }) => (hasNext && query.cursor !== undefined ? HOUR_MS : 0),
  })

/** Somebody of the organization opened a session. `by` is their address there. */
export type View = Session & { by: string; at: string }

const viewsIn = ({ logs }: Log): View[] =>
  logs.flatMap(({ action, description, user, created_date: at }) => {
    const session = action === 'Viewed session' && typeof description === 'string' ? sessionOf(description) : null
    return session && !Number.isNaN(Date.parse(at)) ? [{ ...session, by: user ?? '', at }] : []
  })

/** Full hours and minutes, so that what is asked for several cards at once is asked once. */
const fullHour = (time: number): number => Math.floor(time / HOUR_MS) * HOUR_MS
const fullMinute = (time: number): number => Math.floor(time / MINUTE_MS) * MINUTE_MS

const timeOf = (entry: Log['logs'][number] | undefined): number => Date.parse(entry?.created_date ?? '')

/** `isWhole`: every view of the last days is among them. */
export type Views = { views: View[]; isWhole: boolean }

/**
 * The views of the last days, oldest first. The log is told from its old end and in no other way, so one that is too long for
 * the pages there are is read from its old end on and then, in leaps, from ever later moments.
 */
export async function recentViews(api: Api): Promise<Views> {
  const end = fullMinute(now().getTime())
  const views: View[] = []
  let isWhole = true
  let cursor = String(fullHour(end - DAYS * DAY_MS))
  for (let left = MOST_PAGES - 1; ; left -= 1) {
    const page = await auditPage(api, { limit: PER_PAGE, cursor })
    views.push(...viewsIn(page))
    if (!page.has_next) return { views, isWhole }
    if (!page.cursor || left === 0) return { views, isWhole: false }
    const [first, last] = [timeOf(page.logs.at(0)), timeOf(page.logs.at(-1))]
    const reach = (last - first) * left // if the pages that are left are as this one
    const fits = left > FOR_THE_LATEST || !(last + reach < end)
    // a leap is to the middle of what is missing or, with the last pages, to what they reach for certain
    cursor = fits ? page.cursor : String(Math.round(end - (left > 3 ? end - last : reach) / 2))
    isWhole &&= fits
  }
}
