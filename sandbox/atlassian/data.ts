import type { Account, ApiToken, Member, Site } from './state.ts'

/** People who can sign in on the consent page. Atlassian has had two forms of account id. */
export const accounts = (): Account[] => [
  {
    id: '712020:5f3c1e0a-8d24-4b57-9c61-0d2a7e4b9f10',
    email: 'dana@acme.example',
    name: 'Dana Kowalski',
    title: 'Platform lead',
    timeZone: 'Europe/Amsterdam',
    showsEmail: true,
  },
  {
    id: '5e0a44c17b2f9d0ea91c6d32',
    email: 'sam@acme.example',
    name: 'Sam Okafor',
    title: 'Queues and databases',
    timeZone: 'Africa/Lagos',
    showsEmail: true,
  },
  {
    id: '712020:c90b7d3e-1f46-4a0c-b8e2-63f5a1d07e44',
    email: 'priya@acme.example',
    name: 'Priya Nair',
    title: 'Design engineer',
    timeZone: 'Asia/Kolkata',
    showsEmail: false,
  },
  {
    id: '712020:0e71f2b4-6a9d-4c38-8f05-b7d92c3e6a81',
    email: 'lee@park.example',
    name: 'Lee Park',
    title: 'Freelance backend developer',
    timeZone: 'Asia/Seoul',
    showsEmail: true,
  },
  {
    id: '712020:7b26d9c8-03e5-4f1a-a4d7-e81c50f9b263',
    email: 'dana@kowalski.example',
    name: 'Dana K.',
    title: '',
    timeZone: 'Europe/Amsterdam',
    showsEmail: true,
  },
  {
    id: '712020:d4508a1f-92c7-4e6b-b03d-5c7e19a8f420',
    email: 'marta@acme.example',
    name: 'Marta Ruiz',
    title: 'Operations',
    timeZone: 'Europe/Madrid',
    showsEmail: true,
  },
]

const member = (email: string, about: Partial<Member> = {}): Member => ({
  email,
  isAdmin: false,
  jira: true,
  confluence: true,
  ...about,
})

/** The sites there are at the start. Marta is on none of them any more. */
export const sites = (): Site[] => [
  {
    id: '8f2d61b0-4c7e-4a19-9b35-e06a7d1c52f8',
    name: 'acme',
    jira: 'on',
    confluence: 'on',
    anonymous: false,
    members: [
      member('dana@acme.example', { isAdmin: true }),
      member('sam@acme.example'),
      member('priya@acme.example'),
      member('lee@park.example', { confluence: false }),
    ],
  },
  {
    id: 'b16e9a47-d3f0-4825-8c7a-2f94e0b5d613',
    name: 'globex-labs',
    jira: 'on',
    confluence: 'on',
    anonymous: false,
    members: [member('sam@acme.example', { isAdmin: true })],
  },
  {
    id: '30c5f7e2-a98b-4d16-b2e4-7f61d8093ac5',
    name: 'kowalski',
    jira: 'on',
    confluence: 'off',
    anonymous: false,
    members: [member('dana@kowalski.example', { isAdmin: true })],
  },
]

/** An API token by the word in it, as Atlassian writes them: a prefix, and a checksum behind an equals sign. */
const written = (word: string, checksum: string): string => `ATATT3xFfGF0sandbox-${word}=${checksum}`

/** API tokens that people have from the start; each lives a year. */
export const standingTokens: readonly Omit<ApiToken, 'expiresAt'>[] = [
  { value: written('dana', '5A11D00D'), email: 'dana@acme.example', label: 'Plugboard', scopes: null },
  { value: written('sam', '0B5E55ED'), email: 'sam@acme.example', label: 'Plugboard', scopes: null },
  { value: written('lee', 'CA5CADE5'), email: 'lee@park.example', label: 'Plugboard', scopes: null },
  {
    value: written('dana-scoped', '5C09ED00'),
    email: 'dana@acme.example',
    label: 'Plugboard, with scopes',
    scopes: ['read:jira-work', 'read:jira-user', 'read:space:confluence', 'read:page:confluence'],
  },
]
