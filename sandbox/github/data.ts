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
  {
    id: 710_002,
    owner: 'acme',
    name: 'payroll',
    description: 'Monthly payroll and payslips. Finance Engineering only',
    isPrivate: true,
    createdAt: '2026-01-19T07:50:00Z',
    from: 'acme-payroll',
  },
  {
    id: 710_003,
    owner: 'acme',
    name: 'web',
    description: 'The shop',
    isPrivate: false,
    topics: ['shop', 'react'],
    license: 'MIT',
    stars: 34,
    grants: { 'sam-o': 'push', 'priya-n': 'push' },
    createdAt: '2026-02-09T09:50:00Z',
    from: 'acme-web',
  },
  {
    id: 710_004,
    owner: 'acme',
    name: 'infra',
    description: 'Networks, clusters and databases as Terraform',
    isPrivate: true,
    topics: ['terraform', 'kubernetes'],
    grants: { 'sam-o': 'admin' },
    createdAt: '2026-01-12T08:50:00Z',
    from: 'acme-infra',
  },
  {
    id: 710_005,
    owner: 'acme',
    name: 'handbook',
    description: 'How we work',
    isPrivate: false,
    stars: 211,
    grants: { 'sam-o': 'push', 'priya-n': 'push' },
    createdAt: '2026-01-07T08:50:00Z',
    from: 'acme-handbook',
  },
  {
    id: 710_006,
    owner: 'acme',
    name: 'legacy-billing',
    description: 'Replaced by acme/api; kept for the auditors',
    isPrivate: true,
    isArchived: true,
    grants: { 'sam-o': 'pull' },
    createdAt: '2017-03-01T09:00:00Z',
    from: 'acme-legacy-billing',
  },
  {
    id: 710_007,
    owner: 'acme',
    name: 'mobile-app',
    description: 'Nothing here yet',
    isPrivate: true,
    grants: { 'sam-o': 'push' },
    createdAt: '2026-06-02T09:00:00Z',
  },
  {
    id: 710_101,
    owner: 'globex-labs',
    name: 'telemetry',
    description: 'Collects events from the warehouse scanners',
    isPrivate: true,
    topics: ['telemetry'],
    grants: { 'dana-k': 'pull' },
    createdAt: '2026-02-25T08:50:00Z',
    from: 'globex-telemetry',
  },
  {
    id: 710_102,
    owner: 'globex-labs',
    name: 'carrier-schemas',
    description: 'JSON schemas of parcel carriers',
    isPrivate: false,
    license: 'MIT',
    stars: 8,
    createdAt: '2025-11-03T08:50:00Z',
    from: 'globex-carrier-schemas',
  },
  {
    id: 710_201,
    owner: 'dana-k',
    name: 'dotfiles',
    description: 'My shell',
    isPrivate: false,
    stars: 3,
    createdAt: '2024-08-01T20:00:00Z',
    from: 'dana-dotfiles',
  },
  {
    id: 710_202,
    owner: 'dana-personal',
    name: 'notes',
    description: 'Talks and drafts',
    isPrivate: true,
    createdAt: '2026-05-01T18:50:00Z',
    from: 'dana-notes',
  },
  {
    id: 710_203,
    owner: 'priya-n',
    name: 'palette',
    description: 'Colours that stay readable',
    isPrivate: false,
    license: 'MIT',
    stars: 57,
    createdAt: '2026-03-14T17:50:00Z',
    from: 'priya-palette',
  },
  {
    id: 710_204,
    owner: 'lee-p',
    name: 'portfolio',
    description: 'My site',
    isPrivate: false,
    createdAt: '2026-02-18T07:50:00Z',
    from: 'lee-portfolio',
  },
]
