import { type Account, idOf, type Person } from './state.ts'

const account = (key: string, name: string, plan: Account['plan']): Account => ({
  key,
  id: idOf(`account ${key}`),
  name,
  plan,
  isDisabled: false,
  needsApproval: false,
})

/** The accounts there are at the start. */
export const accounts = (): Account[] => [
  account('acme', 'Acme', 'business'),
  account('globex', 'Globex Labs', 'pro'),
  account('park', 'Lee Park', 'free'),
  account('kowalski', 'Dana Kowalski', 'free'),
]

/** A name as Zoom keeps it. */
export function namesOf(name: string): Pick<Person, 'firstName' | 'lastName'> {
  const [firstName = '', ...rest] = name.split(' ')
  return { firstName, lastName: rest.join(' ') }
}

/** Somebody new: a Basic user. */
export const newPerson = (key: string, email: string, name: string, more: Partial<Person> = {}): Person => ({
  id: idOf(`person ${email}`),
  account: key,
  email,
  ...namesOf(name),
  type: 1,
  roleName: 'Member',
  dept: '',
  timezone: 'Europe/Amsterdam',
  pmi: 4_000_000_000 + (Buffer.from(idOf(email), 'base64url').readUIntBE(0, 4) % 1_000_000_000),
  cloudRecording: true,
  isDeleted: false,
  ...more,
})

/** Who is there at the start. Nobody has added the app. */
export const people = (): Person[] => [
  newPerson('acme', 'dana@acme.example', 'Dana Kowalski', { type: 2, roleName: 'Owner', dept: 'Platform' }),
  newPerson('acme', 'sam@acme.example', 'Sam Okafor', { type: 2, dept: 'Platform' }),
  newPerson('acme', 'priya@acme.example', 'Priya Nair', { dept: 'Design', timezone: 'Asia/Kolkata' }),
  newPerson('globex', 'sam@globex.example', 'Sam Okafor', { type: 2, roleName: 'Owner' }),
  newPerson('globex', 'dana@globex.example', 'Dana Kowalski'),
  newPerson('park', 'lee@park.example', 'Lee Park', { roleName: 'Owner' }),
  newPerson('kowalski', 'dana@kowalski.example', 'Dana Kowalski', { roleName: 'Owner' }),
]
