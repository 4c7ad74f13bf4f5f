import { Refused } from '#sandbox/provider.ts'
import { Input, type Parsed, parsed, Revocation } from './control-input.ts'
import { namesOf, newPerson } from './data.ts'
import { announceRemoval } from './events.ts'
import { addMeeting, attendeesOf, recordingFrom } from './grow.ts'
import { knownAccount, knownOccurrence, knownPerson } from './known.ts'
import { setRemaining } from './limits.ts'
import { type Meeting, meetingNumber, type Person, personOf, type State, uuidOf } from './state.ts'
import { endAccess, endGrant, endRefresh, ownerOf } from './tokens.ts'

const DAY_MS = 86_400_000

/** POST /__sandbox/set for Zoom; answers the number and uuid of the meeting it made. */
export function set(state: State, input: unknown): unknown {
  const { provider: _, rateRemaining, account, person, meeting, fill, recording, ...more } = parsed(Input, input)
  const { endAccess: access, endRefresh: refresh, ...settings } = more
  Object.assign(state.settings, settings)
  if (account) setAccount(state, account)
  if (person) setPerson(state, person)
  if (rateRemaining) {
    const { category, of, remaining } = rateRemaining
    setRemaining(state, knownAccount(state, rateRemaining.account), category, of, remaining)
  }
  const made = meeting && makeMeeting(state, meeting)
  for (let number = 1; fill && number <= fill.count; number += 1) fillMeeting(state, fill, number)
  if (recording) setRecording(state, recording)
  if (access) endAccess(state, access.account)
  if (refresh) endRefresh(state, refresh.account)
  return { ok: true, ...(made && { id: made.id, uuid: made.occurrences[0]?.uuid }) }
}

/** POST /__sandbox/revoke: as on the page of a person's added apps; answers how many consents' tokens ended. */
export function revoke(state: State, input: unknown): unknown {
  const wanted = parsed(Revocation, input)
  const email = 'token' in wanted ? ownerOf(state, wanted.token) : knownPerson(state, wanted.account).email
  const ended = email === null ? 0 : endGrant(state, email)
  if (email !== null && ended > 0) announceRemoval(state, email)
  return { ok: true, ended }
}

function setAccount(state: State, { account: key, plan, needsApproval, disabled }: Parsed<'account'>): void {
  const account = knownAccount(state, key)
  account.plan = plan ?? account.plan
  account.needsApproval = needsApproval ?? account.needsApproval
  account.isDisabled = disabled ?? account.isDisabled
}

function setPerson(state: State, { email, account, name, deleted, renamedTo, ...more }: Parsed<'person'>): void {
  const known = personOf(state, email)
  if (!known && account === undefined) throw new Refused(`${email} is new: say of which account`)
  const person = known ?? newPerson(knownAccount(state, account ?? '').key, email, name ?? email)
  if (!known) state.people.push(person)
  if (known && account !== undefined) person.account = knownAccount(state, account).key
  if (name !== undefined) Object.assign(person, namesOf(name))
  person.type = more.type ?? person.type
  person.cloudRecording = more.cloudRecording ?? person.cloudRecording
  person.isDeleted = deleted ?? person.isDeleted
  if (renamedTo !== undefined) rename(state, person, renamedTo)
}

// The person keeps their id, their meetings and what they gave the app.
function rename(state: State, person: Person, to: string): void {
  for (const meeting of state.meetings) if (meeting.host === person.email) meeting.host = to
  for (const { chain } of [...state.accessTokens.values(), ...state.refreshTokens.values()])
    if (chain.person === person.email) chain.person = to
  person.email = to
}

function makeMeeting(state: State, wanted: Parsed<'meeting'>): Meeting {
  const { host, topic, agenda, type, minutes, uuid, recording } = wanted
  knownPerson(state, host)
  state.nextId += 1
  const key = `made ${state.nextId}`
  const occurrence = {
    uuid: uuid ?? uuidOf(key),
    startAt: Date.parse(wanted.startsAt),
    minutes,
    attendees: attendeesOf(state, [host, ...wanted.with], minutes),
    recording: recordingFrom(recording),
  }
  const createdAt = Math.min(state.world.clock.now(), occurrence.startAt)
  const id = meetingNumber(key)
  return addMeeting(state, { id, host, topic, agenda, type, createdAt, occurrences: [occurrence] })
}

function fillMeeting(state: State, { host, prefix }: Parsed<'fill'>, number: number): void {
  const startsAt = new Date(state.world.clock.now() + number * DAY_MS).toISOString()
  makeMeeting(state, { host, topic: `${prefix} ${number}`, agenda: '', type: 2, startsAt, minutes: 30, with: [] })
}

function setRecording(state: State, { meeting: name, trashed, deleted, transcript }: Parsed<'recording'>): void {
  const { occurrence } = knownOccurrence(state, name)
  const { recording } = occurrence
  if (!recording) throw new Refused(`${name} was not recorded`)
  recording.isTrashed = trashed ?? recording.isTrashed
  recording.transcript = transcript ?? recording.transcript
  if (deleted) occurrence.recording = null
}
