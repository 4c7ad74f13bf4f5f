import type { Call } from '#sandbox/http.ts'
import { type Context, pastOccurrence, pathId, requireMe } from './access.ts'
import { dayOf, endOfDay, startOfDay, zoneOf } from './dates.ts'
import { currentOf, endOf, isLive, isPast } from './occurrences.ts'
import { pageOf } from './paging.ts'
import { invalidField, Refusal } from './refusal.ts'
import { meetingShape, participantShape, pastShape } from './shapes.ts'
import type { Meeting, Occurrence, State } from './state.ts'

type Params = Record<string, string>
type Row = { meeting: Meeting; occurrence: Occurrence }
const DAY_MS = 86_400_000
const HALF_A_YEAR_MS = 183 * DAY_MS
const YEAR_MS = 365 * DAY_MS

/** GET /users/me/meetings: those that the person hosts. Instant ones are never listed. */
export function listMeetings(call: Call, { user = '' }: Params, context: Context): object {
  requireMe(user)
  const { state, person } = context
  const wanted = call.query.get('type') ?? 'scheduled'
  const list = Object.hasOwn(LISTS, wanted) ? LISTS[wanted] : undefined
  if (!list) throw invalidField('type')
  const isWithin = within(call)
  const hosted = state.meetings.filter(({ host, type }) => host === person.email && type !== 1)
  const rows = list(state, hosted).filter(isWithin)
  const { shown, about } = pageOf(call, context, rows, true)
  return { ...about, meetings: shown.map((row) => meetingShape(state, row.meeting, row.occurrence)) }
}

const byStart = (a: Row, b: Row): number => a.occurrence.startAt - b.occurrence.startAt

function current(state: State, meetings: readonly Meeting[]): Row[] {
  return meetings.flatMap((meeting) => {
    const occurrence = currentOf(state, meeting)
    return occurrence ? [{ meeting, occurrence }] : []
  })
}

const LISTS: Readonly<Record<string, (state: State, meetings: readonly Meeting[]) => Row[]>> = {
  scheduled: (state, meetings) =>
    current(state, meetings)
      .filter((row) => !isExpired(state, row))
      .toSorted(byStart),
  live: (state, meetings) => current(state, meetings).filter(({ occurrence }) => isLive(state, occurrence)),
  upcoming: (state, meetings) => upcoming(state, meetings),
  upcoming_meetings: (state, meetings) =>
    upcoming(state, meetings).filter(({ occurrence }) => !isLive(state, occurrence)),
  previous_meetings: (state, meetings) =>
    meetings
      .flatMap((meeting) => meeting.occurrences.map((occurrence) => ({ meeting, occurrence })))
      .filter(({ occurrence }) => isPast(state, occurrence) && isNear(state, occurrence))
      .toSorted((a, b) => byStart(b, a)),
}

const isNear = (state: State, { startAt }: Occurrence): boolean =>
  Math.abs(startAt - state.world.clock.now()) <= HALF_A_YEAR_MS

const upcoming = (state: State, meetings: readonly Meeting[]): Row[] =>
  current(state, meetings)
    .filter(({ meeting, occurrence }) => meeting.type !== 3 && !isPast(state, occurrence) && isNear(state, occurrence))
    .toSorted(byStart)

// support.zoom.com, "Meeting ID expiration": 30 days after a meeting, a year after the last of several.
const isExpired = (state: State, { meeting, occurrence }: Row): boolean =>
  endOf(occurrence) + (meeting.type === 2 ? 30 * DAY_MS : YEAR_MS) <= state.world.clock.now()

function within(call: Call): (row: Row) => boolean {
  const [from, to, zone] = [dayOf(call, 'from'), dayOf(call, 'to'), zoneOf(call)]
  if (from !== null && to !== null && from > to) throw invalidField('from')
  const earliest = from === null ? Number.NEGATIVE_INFINITY : startOfDay(from, zone)
  const latest = to === null ? Number.POSITIVE_INFINITY : endOfDay(to, zone)
  return ({ occurrence }) => occurrence.startAt >= earliest && occurrence.startAt < latest
}

function pastOf(context: Context, id: string): Row {
  const row = pastOccurrence(context, pathId(id))
  if (endOf(row.occurrence) + YEAR_MS <= context.state.world.clock.now())
    throw new Refusal(400, 12702, 'Can not access a meeting a year ago.')
  return row
}

/** GET /past_meetings/{id or uuid} */
export function showPastMeeting(_call: Call, { meeting = '' }: Params, context: Context): object {
  const row = pastOf(context, meeting)
  return pastShape(context, row.meeting, row.occurrence)
}

/** GET /past_meetings/{id or uuid}/participants: for paid accounts, and nobody when the host was alone. */
export function listParticipants(call: Call, { meeting = '' }: Params, context: Context): object {
  const { account } = context
  if (account.plan === 'free') throw new Refusal(400, 200, `Only available for paid account: ${account.id}`)
  const { occurrence } = pastOf(context, meeting)
  const attendees = occurrence.attendees.length > 1 ? occurrence.attendees : []
  const { shown, about } = pageOf(call, context, attendees)
  return { ...about, participants: shown.map((one) => participantShape(context, occurrence, one)) }
}
