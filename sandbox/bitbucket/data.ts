import { HOOK_SCOPES, READ_SCOPES } from './scopes.ts'
import { type Account, type Permission, type Project, type Role, uuidOf, type Workspace } from './state.ts'

const person = (email: string, name: string, nickname: string, username: string): Account => ({
  email,
  name,
  nickname,
  username,
  uuid: uuidOf(`person ${email}`),
  accountId: `712020:${uuidOf(`account ${email}`).slice(1, -1)}`,
  createdOn: '2025-10-06T08:14:02.411Z',
})

/** People with an Atlassian account that Bitbucket knows. */
export const accounts = (): Account[] => [
  person('dana@acme.example', 'Dana Kowalski', 'dana', 'dana-k'),
  person('sam@acme.example', 'Sam Okafor', 'sam', 'sam-o'),
  person('priya@acme.example', 'Priya Nair', 'priya', 'priya-n'),
  person('lee@park.example', 'Lee Park', 'lee', 'lee-p'),
]

const workspace = (slug: string, name: string, isPrivate: boolean, members: Record<string, Role>): Workspace => ({
  uuid: uuidOf(`workspace ${slug}`),
  slug,
  name,
  isPrivate,
  createdOn: '2025-11-03T08:20:00.120Z',
  members,
  hooks: [],
})

/** The workspaces there are at the start. */
export const workspaces = (): Workspace[] => [
  workspace('acme', 'Acme', true, {
    'dana@acme.example': 'owner',
    'sam@acme.example': 'member',
    'priya@acme.example': 'member',
    'lee@park.example': 'collaborator',
  }),
  workspace('globex-labs', 'Globex Labs', false, { 'sam@acme.example': 'owner', 'dana@acme.example': 'member' }),
  workspace('lee-park', 'Lee Park', false, { 'lee@park.example': 'owner' }),
]

const project = (home: string, key: string, name: string): Project => ({
  uuid: uuidOf(`project ${home} ${key}`),
  key,
  name,
  workspace: home,
  createdOn: '2025-11-03T08:31:44.902Z',
})

/** The projects there are at the start; a repository is always in one. */
export const projects = (): Project[] => [
  project('acme', 'SHOP', 'Shop'),
  project('acme', 'FIN', 'Finance'),
  project('globex-labs', 'HW', 'Hardware'),
  project('lee-park', 'PROJ', 'Untitled project'),
]

export type StartRepository = {
  workspace: string
  slug: string
  description: string
  language: string
  project: string
  isPrivate: boolean
  createdOn: string
  grants?: Record<string, Permission>
  isEmpty?: boolean
}

/** The repositories there are at the start; the history of each is the `.repo` file of its name. */
export const repositories: readonly StartRepository[] = [
  {
    workspace: 'acme',
    slug: 'orders-mobile',
    description: 'The app that couriers carry: orders, routes, signatures',
    language: 'typescript',
    project: 'SHOP',
    isPrivate: true,
    createdOn: '2026-03-02T09:00:00.500Z',
    grants: { 'sam@acme.example': 'write', 'priya@acme.example': 'write', 'lee@park.example': 'write' },
  },
  {
    workspace: 'acme',
    slug: 'label-printer',
    description: 'Turns shipments into labels, on every printer we own',
    language: 'python',
    project: 'SHOP',
    isPrivate: true,
    createdOn: '2026-02-12T10:00:00.250Z',
    grants: { 'sam@acme.example': 'admin', 'priya@acme.example': 'read' },
  },
  {
    workspace: 'acme',
    slug: 'shop-theme',
    description: 'Colours, type and templates of the shop',
    language: 'css',
    project: 'SHOP',
    isPrivate: false,
    createdOn: '2026-04-07T11:30:00.125Z',
    grants: { 'priya@acme.example': 'write' },
  },
  {
    workspace: 'acme',
    slug: 'payroll-exports',
    description: 'Monthly files for the payroll office. Finance Engineering only',
    language: 'python',
    project: 'FIN',
    isPrivate: true,
    createdOn: '2026-01-20T07:45:00.875Z',
  },
  {
    workspace: 'acme',
    slug: 'courier-portal',
    description: '',
    language: '',
    project: 'SHOP',
    isPrivate: true,
    createdOn: '2026-10-01T14:00:00.625Z',
    grants: { 'sam@acme.example': 'write' },
    isEmpty: true,
  },
  {
    workspace: 'globex-labs',
    slug: 'scanner-firmware',
    description: 'What runs on the handheld scanners',
    language: 'c',
    project: 'HW',
    isPrivate: true,
    createdOn: '2026-02-25T08:50:00.375Z',
    grants: { 'dana@acme.example': 'read' },
  },
  {
    workspace: 'lee-park',
    slug: 'portfolio',
    description: 'My site',
    language: 'html/css',
    project: 'PROJ',
    isPrivate: false,
    createdOn: '2026-02-18T07:50:00.750Z',
  },
]

/** Tokens that are there from the start, for demos; `checksum` follows the equals sign. */
export const standingTokens = [
  { account: 'dana@acme.example', word: 'dana', checksum: 'B17B0CC3', scopes: [...READ_SCOPES, ...HOOK_SCOPES] },
  {
    account: 'dana@acme.example',
    word: 'dana-repositories',
    checksum: '2E9051A0',
    scopes: ['read:repository:bitbucket'],
  },
  { account: 'sam@acme.example', word: 'sam', checksum: '0B5E55ED', scopes: READ_SCOPES },
  { account: 'lee@park.example', word: 'lee', checksum: 'CA5CADE5', scopes: READ_SCOPES },
]
