import { ProviderFailure } from '#lib/providers/api.ts'

/** Nine to eleven digits for a meeting, ten for a personal room (developers.zoom.us/docs/api/meetings). */
const MEETING = /^[1-9]\d{8,11}$/

/** Whether a text is the number of a meeting. */
export const isMeeting = (text: string): boolean => MEETING.test(text)

/** The number of a meeting. Throws ProviderFailure `not_found` for what is none. */
export function readMeetingId(text: string): string {
  if (!isMeeting(text)) throw new ProviderFailure('not_found')
  return text
}

/** One time that a meeting took place, which has a name of its own, and the meeting. */
export type Instance = { meeting: string; uuid: string }

/** The id of a recording: its meeting, and the name of that one time. */
export const recordingId = ({ meeting, uuid }: Instance): string =>
  `${meeting}~${Buffer.from(uuid).toString('base64url')}`

/** The recording that an id names. Throws ProviderFailure `not_found` for an id that is none of ours. */
export function readRecordingId(text: string): Instance {
  const [meeting = '', name = ''] = text.split('~')
  const instance = { meeting, uuid: Buffer.from(name, 'base64url').toString('utf8') }
  // the number of a meeting is answered by its latest time, so it names none
  const isName = /^[\w+/=-]{8,64}$/.test(instance.uuid) && !/^\d+$/.test(instance.uuid)
  const isOurs = isMeeting(meeting) && isName
  if (!isOurs || recordingId(instance) !== text) throw new ProviderFailure('not_found')
  return instance
}

/** The name of one time as it stands in a path: encoded twice where its slashes would be taken for the path's. */
export function uuidInPath(uuid: string): string {
  const once = encodeURIComponent(uuid)
  return uuid.startsWith('/') || uuid.includes('//') ? encodeURIComponent(once) : once
}
