import { type Answer, type Call, empty, header } from '#sandbox/http.ts'
import { recordingOf } from './occurrences.ts'
import { contentOf, fileKeyOf, filesOf, type Recorded } from './recording-shapes.ts'
import { noRecording, Refusal, refused } from './refusal.ts'
import { type State, WEB } from './state.ts'
import { jwtLike } from './tokens.ts'

const SIGNED_SECONDS = 60
const TYPES: Readonly<Record<string, string>> = {
  TRANSCRIPT: 'text/vtt; charset=utf-8',
  CHAT: 'text/plain; charset=utf-8',
}
export type Found = { recorded: Recorded; kind: string }

/** What opens the files of one occurrence for a while: a `download_access_token`, or a webhook's `download_token`. */
export function newDownloadToken(state: State, uuid: string, seconds: number): string {
  const expiresAt = state.world.clock.now() + seconds * 1000
  const value = jwtLike({ mid: uuid, exp: Math.round(expiresAt / 1000), nonce: state.downloadTokens.size })
  state.downloadTokens.set(value, { uuid, expiresAt })
  return value
}

/** The file that the last part of an address names, while its recording is there. */
export function fileOf(state: State, key: string): Found | null {
  for (const meeting of state.meetings)
    for (const occurrence of meeting.occurrences) {
      const recording = recordingOf(state, meeting, occurrence)
      const recorded = recording && !recording.isTrashed ? { meeting, occurrence, recording } : null
      const file = recorded && filesOf(state, recorded).find(({ id }) => fileKeyOf(id) === key)
      if (recorded && file) return { recorded, kind: file.file_type }
    }
  return null
}

/** GET /rec/download/{file}: for the host's token with its scope, or a download token; leads on to an address that needs none. */
export function download(call: Call, state: State, key: string): Answer {
  const [, token = ''] = /^bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const found = fileOf(state, key)
  if (!found || !opens(call, state, token, found))
    return refused(found || !token ? new Refusal(401, 124, 'Invalid access token.') : noRecording())
  if (state.settings.downloads === 'direct') return fileAnswer(found)
  const ticket = newDownloadToken(state, found.recorded.occurrence.uuid, SIGNED_SECONDS)
  return empty(302, { location: `${state.world.url}${WEB}/rec/archived/${key}?ticket=${ticket}` })
}

/** GET /rec/archived/{file}: where a download leads to; its ticket is good for a minute. */
export function archived(call: Call, state: State, key: string): Answer {
  const found = fileOf(state, key)
  const isOpen = found && isGood(state, call.query.get('ticket') ?? '', found)
  return found && isOpen ? fileAnswer(found) : empty(403)
}

// A token that may not read a recording's files downloads none of them.
function opens(call: Call, state: State, value: string, found: Found): boolean {
  const token = state.accessTokens.get(value)
  if (!token) return isGood(state, value, found)
  call.note.token = value
  call.note.account = token.chain.person
  const { endedBy, person, scopes } = token.chain
  const isLiving = endedBy === null && token.expiresAt > state.world.clock.now()
  const isMeant =
    scopes.includes('cloud_recording:read:list_recording_files') ||
    (found.kind === 'TRANSCRIPT' && scopes.includes('cloud_recording:read:meeting_transcript'))
  return isLiving && isMeant && person === found.recorded.meeting.host
}

function isGood(state: State, value: string, { recorded }: Found): boolean {
  const token = state.downloadTokens.get(value)
  return token?.uuid === recorded.occurrence.uuid && token.expiresAt > state.world.clock.now()
}

function fileAnswer({ recorded, kind }: Found): Answer {
  const type = TYPES[kind] ?? (kind === 'M4A' ? 'audio/mp4' : 'video/mp4')
  const headers = { 'content-type': type, 'content-disposition': `attachment; filename="${kind.toLowerCase()}"` }
  return { status: 200, headers, body: contentOf(recorded, kind) }
}
