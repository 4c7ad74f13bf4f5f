import { type Meeting, meetingNumber, type Occurrence, personOf, type Recording, type State, uuidOf } from './state.ts'

const DAY_MS = 86_400_000

export type StartRecording = Partial<Omit<Recording, 'isTrashed'>>
/**
 * A meeting as the start data write it: `on` are days from the day on which the sandbox started, 0 left out because what
 * is over on it depends on the hour; `at` is UTC. `with` are e-mails beside the host's, or names of others.
 */
export type StartMeeting = {
  host: string
  topic: string
  agenda?: string
  type?: Meeting['type']
  at: string
  minutes: number
  on: readonly number[]
  with: readonly string[]
  /** By the day of `on`. */
  recorded?: Readonly<Record<number, StartRecording>>
  uuids?: Readonly<Record<number, string>>
}

/** Puts a meeting of the start data where it belongs. */
export function addStartMeeting(state: State, start: StartMeeting): void {
  const today = Math.floor(state.world.clock.now() / DAY_MS) * DAY_MS
  const [hours = 0, minutes = 0] = start.at.split(':').map(Number)
  addMeeting(state, {
    id: meetingNumber(`${start.host} ${start.topic}`),
    host: start.host,
    topic: start.topic,
    agenda: start.agenda ?? '',
    type: start.type ?? 2,
    createdAt: today + ((start.on[0] ?? 0) - 30) * DAY_MS,
    occurrences: start.on.map((day) => ({
      uuid: start.uuids?.[day] ?? uuidOf(`${start.host} ${start.topic} ${day}`),
      startAt: today + day * DAY_MS + (hours * 60 + minutes) * 60_000,
      minutes: start.minutes,
      attendees: attendeesOf(state, [start.host, ...start.with], start.minutes),
      recording: recordingFrom(start.recorded?.[day]),
    })),
  })
}

/** Adds a meeting; its occurrences follow each other. */
export function addMeeting(state: State, meeting: Meeting): Meeting {
  meeting.occurrences.sort((a: Occurrence, b: Occurrence) => a.startAt - b.startAt)
  state.meetings.push(meeting)
  return meeting
}

/** Who was there, the host from the first minute on. */
export const attendeesOf = (state: State, who: readonly string[], minutes: number): Occurrence['attendees'] =>
  who.map((one, index) => {
    const person = personOf(state, one)
    return {
      name: person ? `${person.firstName} ${person.lastName}` : one,
      email: person?.email ?? null,
      from: Math.min(index, minutes),
      to: minutes,
    }
  })

/** A recording, or none. */
export const recordingFrom = (start: StartRecording | undefined): Recording | null =>
  start ? { lines: [], chat: [], transcript: 'ready', ...start, isTrashed: false } : null
