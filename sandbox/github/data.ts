import type { Account, Organization, Permission } from './state.ts'

const person = (id: number, login: string, name: string, about: Partial<Account> = {}): Account => ({
  id,
  login,
  name,
  email: null,
  emails: [{ email: `${login}@example.com`, primary: true, verified: true, visibility: 'private' }],
  bio: '',
  company: null,
  location: '',
  createdAt: '2019-05-14T08:20:00Z',
  ...about,
})

/** People who can sign in on the consent page. */
export const accounts = (): Account[] => [
  person(4101, 'dana-k', 'Dana Kowalski', {
    company: '@acme',
    location: 'Rotterdam',
    bio: 'Platform lead',
    emails: [
      { email: 'dana@acme.example', primary: true, verified: true, visibility: 'private' },
      { email: 'dana-k@example.com', primary: false, verified: true, visibility: null },
    ],
  }),
  person(4102, 'sam-o', 'Sam Okafor', {
    company: '@acme',
    location: 'Lagos',
    bio: 'Queues and databases',
    email: 'sam@acme.example',
  }),
  person(4103, 'priya-n', 'Priya Nair', { location: 'Kochi', bio: 'Design engineer' }),
  person(4104, 'lee-p', 'Lee Park', { location: 'Seoul', bio: 'Freelance backend developer' }),
  person(4105, 'dana-personal', 'Dana K.', { location: 'Rotterdam' }),
]

/** Membership alone opens nothing private in either organization: see the grants. */
export const organizations = (): Organization[] => [
  {
    id: 88_001,
    login: 'acme',
    description: 'Ordering and fulfilment',
    members: [
      { login: 'dana-k', role: 'admin' },
      { login: 'sam-o', role: 'member' },
      { login: 'priya-n', role: 'member' },
    ],
  },
  {
    id: 88_002,
    login: 'globex-labs',
    description: 'Open tools from Globex',
    members: [
      { login: 'dana-k', role: 'member' },
      { login: 'sam-o', role: 'admin' },
    ],
  },
]

export type StartRepository = {
  id: number
  owner: string
  name: string
  description: string
  isPrivate: boolean
  isArchived?: boolean
  topics?: string[]
  license?: string
  stars?: number
  grants?: Record<string, Permission>
  createdAt: string
  formerNames?: string[]
  /** Name of the history script and the issues beside this file; without one the repository is empty. */
  from?: string
}

/** The repositories there are at the start. */
export const repositories: readonly StartRepository[] = [
  {
    id: 710_001,
    owner: 'acme',
    name: 'api',
    description: 'Orders and fulfilment over HTTP, with a job queue in PostgreSQL',
    isPrivate: true,
    topics: ['api', 'queue', 'postgresql'],
    grants: { 'sam-o': 'push', 'lee-p': 'push' },
    createdAt: '2026-02-02T09:00:00Z',
    formerNames: ['order-service'],
    from: 'acme-api',
  },
]
