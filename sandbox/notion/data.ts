import { type Person, uuidOf, type Value, type Workspace } from './state.ts'

const person = (domain: string, login: string, name: string, more: Partial<Person> = {}): Person => ({
  id: uuidOf(`person ${login}@${domain}`),
  login,
  name,
  email: `${login}@${domain}.example`,
  isGuest: false,
  ...more,
})

/** The workspaces there are at the start. The app is in none of them. */
export const workspaces = (url: string): Workspace[] => [
  {
    id: uuidOf('workspace acme'),
    domain: 'acme',
    name: 'Acme',
    icon: `${url}/notion-api/images/acme.svg`,
    people: [
      person('acme', 'dana', 'Dana Kowalski'),
      person('acme', 'sam', 'Sam Okafor'),
      person('acme', 'priya', 'Priya Nair'),
      person('acme', 'lee', 'Lee Park', { email: 'lee@leepark.example', isGuest: true }),
    ],
  },
  {
    id: uuidOf('workspace globex'),
    domain: 'globex',
    name: 'Globex Labs',
    icon: null,
    people: [person('globex', 'sam', 'Sam Okafor'), person('globex', 'dana', 'Dana Kowalski')],
  },
]

/** A page as the start data and control write it; times are UTC. */
export type StartPage = {
  title: string
  icon?: string | undefined
  by?: string | undefined
  createdAt?: string | undefined
  editedAt?: string | undefined
  editedBy?: string | undefined
  owners?: string[] | undefined
  isTrashed?: boolean | undefined
  publicUrl?: string | undefined
  content?: string | undefined
  pages?: readonly StartPage[] | undefined
  databases?: readonly StartDatabase[] | undefined
}
export type StartRow = Omit<StartPage, 'pages' | 'databases' | 'owners'> & {
  values?: Record<string, Value> | undefined
}
/** `properties` are written `name: type` or `name: select(one, two)`; the first is the title. */
export type StartSource = { name: string; properties: readonly string[]; rows: readonly StartRow[] }
export type StartDatabase = Omit<StartPage, 'content' | 'pages' | 'databases' | 'publicUrl'> & {
  description?: string | undefined
  isInline?: boolean | undefined
  sources: readonly StartSource[]
}
