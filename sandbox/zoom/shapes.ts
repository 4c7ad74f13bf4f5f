import type { Context } from './access.ts'
import { endOf } from './occurrences.ts'
import { type Attendee, idOf, type Meeting, type Occurrence, personOf, type State, timestamp, WEB } from './state.ts'

/** A meeting as it is listed. One without a fixed time has no start, one without an agenda none of that. */
export function meetingShape(state: State, meeting: Meeting, occurrence: Occurrence): object {
  const host = personOf(state, meeting.host)
  return {
    uuid: occurrence.uuid,
    id: meeting.id,
    host_id: host?.id,
    topic: meeting.topic,
    type: meeting.type,
    ...(meeting.type !== 3 && { start_time: timestamp(occurrence.startAt) }),
    duration: occurrence.minutes,
    timezone: host?.timezone,
    ...(meeting.agenda !== '' && { agenda: meeting.agenda }),
    created_at: timestamp(meeting.createdAt),
    join_url: `${state.world.url}${WEB}/j/${meeting.id}?pwd=${idOf(`passcode ${meeting.id}`)}.1`,
  }
}

/** One past occurrence. */
export function pastShape({ person }: Context, meeting: Meeting, occurrence: Occurrence): object {
  return {
    uuid: occurrence.uuid,
    id: meeting.id,
    host_id: person.id,
    type: meeting.type,
    topic: meeting.topic,
    user_name: `${person.firstName} ${person.lastName}`,
    user_email: person.email,
    start_time: timestamp(occurrence.startAt),
    end_time: timestamp(endOf(occurrence)),
    duration: occurrence.minutes,
    total_minutes: occurrence.attendees.reduce((sum, { from, to }) => sum + (to - from), 0),
    participants_count: occurrence.attendees.length,
    dept: person.dept,
    source: 'Zoom',
  }
}

/** Somebody who was there: the id and e-mail only of people of the host's own account. */
export function participantShape({ state, account }: Context, occurrence: Occurrence, attendee: Attendee): object {
  const person = attendee.email === null ? undefined : personOf(state, attendee.email)
  const isInternal = person?.account === account.key
  return {
    id: isInternal ? person.id : '',
    user_id: String(16_778_240 + occurrence.attendees.indexOf(attendee) * 1024),
    registrant_id: '',
    name: attendee.name,
    user_email: isInternal ? person.email : '',
    join_time: timestamp(occurrence.startAt + attendee.from * 60_000),
    leave_time: timestamp(occurrence.startAt + attendee.to * 60_000),
    duration: (attendee.to - attendee.from) * 60,
    failover: false,
    status: 'in_meeting',
    internal_user: isInternal,
  }
}
