import { Refused } from '#sandbox/provider.ts'
import { type Account, accountOf, type Meeting, type Occurrence, type Person, personOf, type State } from './state.ts'

/** The account that control names; it is told when there is none. */
export function knownAccount(state: State, key: string): Account {
  const account = accountOf(state, key)
  if (account) return account
  throw new Refused(`no account ${key}; there are: ${state.accounts.map((one) => one.key).join(', ')}`)
}

/** The person that control names; it is told when there is none. */
export function knownPerson(state: State, email: string): Person {
  const person = personOf(state, email)
  if (person) return person
  throw new Refused(`no person ${email}; there are: ${state.people.map((one) => one.email).join(', ')}`)
}

/** The occurrence that control names: by its uuid, or a meeting's last that was recorded, or its last. */
export function knownOccurrence(state: State, name: string): { meeting: Meeting; occurrence: Occurrence } {
  for (const meeting of state.meetings) {
    const exact = meeting.occurrences.find(({ uuid }) => uuid === name)
    if (exact) return { meeting, occurrence: exact }
    if (meeting.topic !== name && String(meeting.id) !== name) continue
    const last = meeting.occurrences.findLast(({ recording }) => recording !== null) ?? meeting.occurrences.at(-1)
    if (last) return { meeting, occurrence: last }
  }
  throw new Refused(`no meeting ${name}`)
}
