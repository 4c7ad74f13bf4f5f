import type { Organization, Project, User } from './state.ts'

/** People with a personal token or an issue assigned to them. */
export const users = (): User[] => [
  { id: '3614201', email: 'dana@acme.example', name: 'Dana Kowalski', organizations: ['acme', 'globex'] },
  { id: '3614202', email: 'sam@acme.example', name: 'Sam Okafor', organizations: ['acme'] },
  { id: '3614203', email: 'priya@acme.example', name: 'Priya Nair', organizations: ['acme'] },
  { id: '3614204', email: 'lee@park.example', name: 'Lee Park', organizations: ['acme', 'globex'] },
]

const organization = (id: string, slug: string, name: string, createdAt: string): Organization => ({
  id,
  slug,
  name,
  createdAt,
  regionUrl: null,
  hasLinks: true,
  isElsewhere: false,
  requiresSso: false,
})

/** The organizations there are at the start. */
export const organizations = (): Organization[] => [
  organization('4508231147192320', 'acme', 'Acme', '2026-01-07T09:12:44.310000Z'),
  organization('4508231147454464', 'globex', 'Globex', '2026-02-25T08:40:02.118000Z'),
]

/** The projects there are at the start. */
export const projects = (): Project[] => [
  {
    id: '4508231201456128',
    slug: 'web',
    name: 'web',
    platform: 'javascript-react',
    organization: 'acme',
    team: 'storefront',
    createdAt: '2026-02-09T10:05:11.402000Z',
  },
  {
    id: '4508231201521664',
    slug: 'api',
    name: 'api',
    platform: 'node',
    organization: 'acme',
    team: 'platform',
    createdAt: '2026-02-02T09:20:37.655000Z',
  },
  {
    id: '4508231201587200',
    slug: 'worker',
    name: 'worker',
    platform: 'node',
    organization: 'acme',
    team: 'platform',
    createdAt: '2026-02-02T09:24:02.091000Z',
  },
  {
    id: '4508231309328384',
    slug: 'telemetry',
    name: 'telemetry',
    platform: 'python',
    organization: 'globex',
    team: 'warehouse',
    createdAt: '2026-02-25T08:55:30.774000Z',
  },
]

/** The permissions Plugboard asks for. */
export const READ_SCOPES = ['event:read', 'org:read', 'project:read']

/** Tokens that exist from the start, for demos: a word of 8 hex digits makes the 64 that each ends with. */
export const standingTokens = [
  { kind: 'internal', name: 'Plugboard', organization: 'acme', word: '5a11d00d', scopes: READ_SCOPES },
  {
    kind: 'internal',
    name: 'Deploy dashboard',
    organization: 'acme',
    word: '0ff1ce00',
    scopes: ['org:read', 'project:read', 'project:releases'],
  },
  { kind: 'internal', name: 'Plugboard', organization: 'globex', word: 'ca5cade5', scopes: READ_SCOPES },
  { kind: 'user', name: 'laptop', account: 'dana@acme.example', word: 'da0a0001', scopes: READ_SCOPES },
  { kind: 'organization', name: 'GitHub Actions', organization: 'acme', word: 'c1c1c1c1', scopes: ['org:ci'] },
] as const

/** Signs the webhooks of the integrations that exist from the start. */
export const STANDING_SECRET = 'sandbox-sentry-secret'
