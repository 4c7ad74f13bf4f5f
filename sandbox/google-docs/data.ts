import { type Account, idOf, rootIdOf } from './state.ts'

const person = (number: number, email: string, name: string, hd: string | null = 'acme.example'): Account => ({
  sub: `1084${String(number).padStart(17, '6')}`,
  permissionId: `06${String(number).padStart(18, '2')}`,
  email,
  name,
  hd,
  rootId: rootIdOf(email),
  isDisabled: false,
})

/** People who can sign in on the consent page. The last two have no Workspace. */
export const accounts = (): Account[] => [
  person(731, 'dana@acme.example', 'Dana Kowalski'),
  person(732, 'sam@acme.example', 'Sam Okafor'),
  person(733, 'priya@acme.example', 'Priya Nair'),
  person(734, 'lee@park.example', 'Lee Park', null),
  person(735, 'dana.kowalski@mail.example', 'Dana K.', null),
]

/** The account that a short name in the data means. */
export const emailOf = (short: string): string =>
  short.includes('@') ? short : (accounts().find(({ email }) => email.startsWith(`${short}@`))?.email ?? short)

export const DRIVE_ID = rootIdOf('Product')

/** The id of a file of the data by its key there. */
export const fileId = (key: string, isStored: boolean): string => idOf(`file ${key}`, isStored ? 33 : 44)
