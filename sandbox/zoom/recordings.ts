import type { Call } from '#sandbox/http.ts'
import { type Context, pathId, requireMe } from './access.ts'
import { dayAt, dayOf, endOfDay, monthBefore, startOfDay } from './dates.ts'
import { newDownloadToken } from './files.ts'
import { find, recordingOf } from './occurrences.ts'
import { pageOf, whole } from './paging.ts'
import { filesOf, type Recorded, recordingShape } from './recording-shapes.ts'
import { invalidField, noMeeting, noRecording } from './refusal.ts'
import { type TranscriptState, timestamp } from './state.ts'

type Params = Record<string, string>
const WEEK_SECONDS = 604_800

/** GET /users/me/recordings: of today, or of the days asked for; more than a month of them is cut without a word. */
export function listRecordings(call: Call, { user = '' }: Params, context: Context): object {
  requireMe(user)
  const { state, person } = context
  const today = dayAt(state.world.clock.now())
  const to = dayOf(call, 'to') ?? today
  const from = dayOf(call, 'from') ?? to
  if (from > to) throw invalidField('from')
  const earliest = startOfDay([from, monthBefore(to)].toSorted().at(-1) ?? from)
  const rows = state.meetings
    .filter(({ host }) => host === person.email)
    .flatMap((meeting) => meeting.occurrences.map((occurrence) => ({ meeting, occurrence })))
    .filter(({ occurrence: { startAt } }) => startAt >= earliest && startAt < endOfDay(to))
    .flatMap(({ meeting, occurrence }) => {
      const recording = recordingOf(state, meeting, occurrence)
      return recording && !recording.isTrashed ? [{ meeting, occurrence, recording }] : []
    })
    .toSorted((a, b) => b.occurrence.startAt - a.occurrence.startAt)
  const { shown, about } = pageOf(call, context, rows)
  return { from, to, ...about, meetings: shown.map((row) => recordingShape(state, row)) }
}

/** GET /meetings/{id or uuid}/recordings: of a number the latest, of a uuid that one. */
export function showRecording(call: Call, { meeting = '' }: Params, context: Context): object {
  const { state } = context
  const seconds = whole(call, 'ttl', 3600, WEEK_SECONDS, 0)
  const isWanted = (call.query.get('include_fields') ?? '').split(',').includes('download_access_token')
  const recorded = recordedOf(context, pathId(meeting))
  if (recorded.recording.isTrashed) throw noRecording()
  return {
    ...recordingShape(state, recorded),
    password: '',
    participant_audio_files: [],
    ...(isWanted && { download_access_token: newDownloadToken(state, recorded.occurrence.uuid, seconds) }),
  }
}

const REASONS: Readonly<Record<TranscriptState, string | null>> = {
  ready: null,
  processing: 'NOT_READY',
  none: 'NO_TRANSCRIPT_DATA',
  unsupported: 'UNSUPPORTED',
}

/** GET /meetings/{id or uuid}/transcript: where it can be downloaded, or why it cannot. */
export function showTranscript(_call: Call, { meeting: id = '' }: Params, context: Context): object {
  const recorded = recordedOf(context, pathId(id))
  const { meeting, occurrence, recording } = recorded
  const reason = recording.isTrashed ? 'DELETED_OR_TRASHED' : REASONS[recording.transcript]
  const file = filesOf(context.state, recorded).find(({ file_type }) => file_type === 'TRANSCRIPT')
  return {
    meeting_id: occurrence.uuid,
    meeting_topic: meeting.topic,
    transcript_created_time: reason === null ? timestamp(occurrence.startAt + occurrence.minutes * 60_000) : null,
    can_download: reason === null,
    download_url: reason === null ? (file?.download_url ?? null) : null,
    download_restriction_reason: reason,
  }
}

// A recording of somebody else is none.
function recordedOf({ state, person }: Context, id: string): Recorded {
  const { meeting, occurrence } = find(state, id) ?? {}
  if (!meeting) throw noMeeting(id)
  const isOwn = meeting.host === person.email
  const recording = isOwn && occurrence ? recordingOf(state, meeting, occurrence) : null
  if (!occurrence || !recording) throw noRecording()
  return { meeting, occurrence, recording }
}
