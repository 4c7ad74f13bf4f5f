import { accountOf, type Meeting, type Occurrence, personOf, type Recording, type State } from './state.ts'

export const endOf = ({ startAt, minutes }: Occurrence): number => startAt + minutes * 60_000

export const isPast = (state: State, one: Occurrence): boolean => endOf(one) <= state.world.clock.now()

/** Whether an occurrence has begun and is not over. */
export const isLive = (state: State, one: Occurrence): boolean =>
  one.startAt <= state.world.clock.now() && !isPast(state, one)

/** The occurrence that a meeting is shown by: the one that is live or comes next, else the last. */
export const currentOf = (state: State, { occurrences }: Meeting): Occurrence | undefined =>
  occurrences.find((one) => !isPast(state, one)) ?? occurrences.at(-1)

/** What a number or a uuid means: the latest occurrence that is over, or the one of that uuid if it is over. */
export function find(state: State, text: string): { meeting: Meeting; occurrence: Occurrence | null } | null {
  for (const meeting of state.meetings) {
    const isWhole = String(meeting.id) === text
    const meant = meeting.occurrences.filter((one) => isWhole || one.uuid === text)
    if (isWhole || meant.length > 0) return { meeting, occurrence: meant.findLast((one) => isPast(state, one)) ?? null }
  }
  return null
}

/** The recording of an occurrence as far as its host gets to see it: licensed, in a paid account, with recording on. */
export function recordingOf(state: State, { host }: Meeting, occurrence: Occurrence): Recording | null {
  return isPast(state, occurrence) && recordsToCloud(state, host) ? occurrence.recording : null
}

/** Whether somebody can record to the cloud: not as a Basic user, not in a free account, not when it is turned off. */
export function recordsToCloud(state: State, email: string): boolean {
  const person = personOf(state, email)
  const account = person && accountOf(state, person.account)
  return person?.type === 2 && account?.plan !== 'free' && person.cloudRecording
}
