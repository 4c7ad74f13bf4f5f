import { createHash } from 'node:crypto'
import { endOf } from './occurrences.ts'
import {
  accountOf,
  fileIdOf,
  idOf,
  type Meeting,
  type Occurrence,
  personOf,
  type Recording,
  type State,
  timestamp,
  WEB,
} from './state.ts'
import { chatText, transcriptText } from './transcript.ts'

export type Recorded = { meeting: Meeting; occurrence: Occurrence; recording: Recording }
const KINDS = ['MP4', 'M4A', 'CHAT', 'TRANSCRIPT'] as const
type Kind = (typeof KINDS)[number]

const ABOUT: Readonly<Record<Kind, { extension: string; type: string; bytesAMinute: number }>> = {
  MP4: { extension: 'MP4', type: 'shared_screen_with_speaker_view', bytesAMinute: 1_310_720 },
  M4A: { extension: 'M4A', type: 'audio_only', bytesAMinute: 245_760 },
  CHAT: { extension: 'TXT', type: 'chat_file', bytesAMinute: 0 },
  TRANSCRIPT: { extension: 'VTT', type: 'audio_transcript', bytesAMinute: 0 },
}

/** The part of an address that names a file, by which nobody finds another. */
export const fileKeyOf = (id: string): string => createHash('sha256').update(`file ${id}`).digest('base64url')

/** What a file says; a video or sound is one line that says so. */
export function contentOf({ occurrence, recording }: Recorded, kind: string): string {
  if (kind === 'TRANSCRIPT') return transcriptText(recording.lines)
  if (kind === 'CHAT') return chatText(recording.chat)
  return `A simulated recording of ${occurrence.minutes} minutes.\n`
}

/** The files of a recording. */
export function filesOf(state: State, recorded: Recorded) {
  const { occurrence, recording } = recorded
  const isKept = { MP4: true, M4A: true, CHAT: recording.chat.length > 0, TRANSCRIPT: recording.transcript === 'ready' }
  return KINDS.filter((kind) => isKept[kind]).map((kind) => {
    const { extension, type, bytesAMinute } = ABOUT[kind]
    const id = fileIdOf(`${kind} ${occurrence.uuid}`)
    const isText = bytesAMinute === 0
    return {
      id,
      meeting_id: occurrence.uuid,
      recording_start: timestamp(occurrence.startAt),
      recording_end: timestamp(endOf(occurrence)),
      file_type: kind,
      file_extension: extension,
      file_size: isText ? Buffer.byteLength(contentOf(recorded, kind)) : bytesAMinute * occurrence.minutes,
      ...(!isText && { play_url: `${state.world.url}${WEB}/rec/play/${fileKeyOf(id)}` }),
      download_url: `${state.world.url}${WEB}/rec/download/${fileKeyOf(id)}`,
      status: 'completed',
      recording_type: type,
    }
  })
}

/** A recording with its files. Its meeting's type is text here, a number elsewhere. */
export function recordingShape(state: State, recorded: Recorded) {
  const { meeting, occurrence } = recorded
  const host = personOf(state, meeting.host)
  const files = filesOf(state, recorded)
  return {
    uuid: occurrence.uuid,
    id: meeting.id,
    account_id: accountOf(state, host?.account ?? '')?.id,
    host_id: host?.id,
    topic: meeting.topic,
    type: String(meeting.type),
    start_time: timestamp(occurrence.startAt),
    timezone: host?.timezone,
    duration: occurrence.minutes,
    total_size: files.reduce((sum, { file_size }) => sum + file_size, 0),
    recording_count: files.length,
    auto_delete: false,
    recording_play_passcode: idOf(`play ${occurrence.uuid}`),
    recording_files: files,
  }
}
