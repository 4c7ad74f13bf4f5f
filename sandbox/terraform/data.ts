import { idOf, type Level, type Organization, type Project, type Team, type TokenKind, type User } from './state.ts'

const user = (username: string, email: string, host: User['host'] = 'us'): User => ({
  id: idOf('user', `${username} ${host}`),
  username,
  email,
  host,
})

/** People with an account; those of other hosts are other accounts. */
export const users = (): User[] => [
  user('dana-k', 'dana@acme.example'),
  user('sam-o', 'sam@acme.example'),
  user('priya-n', 'priya@acme.example'),
  user('lee-p', 'lee@park.example'),
  user('sam-o', 'sam@acme.example', 'eu'),
  user('dana-k', 'dana@acme.example', 'enterprise'),
]

// The features of the paid editions; what no edition here has is false.
const ENTITLEMENTS = {
  agents: false,
  'audit-logging': true,
  'configuration-designer': true,
  'cost-estimation': true,
  'global-run-tasks': false,
  'module-tests-generation': false,
  operations: true,
  'policy-enforcement': true,
  'private-module-registry': true,
  'private-policy-agents': false,
  'private-run-tasks': true,
  'private-vcs': false,
  'run-tasks': true,
  'self-serve-billing': true,
  sentinel: true,
  sso: true,
  'state-storage': true,
  teams: true,
  'usage-reporting': false,
  'vcs-integrations': true,
}

const organization = (
  name: string,
  host: Organization['host'],
  more: Partial<Organization> & Pick<Organization, 'email' | 'createdAt'>,
): Organization => ({
  name,
  externalId: idOf('org', name),
  host,
  plan: 'business',
  allowsUserTokens: true,
  entitlements: { ...ENTITLEMENTS },
  ...more,
})

/** The organizations there are at the start. */
export const organizations = (): Organization[] => [
  organization('acme', 'us', { email: 'dana@acme.example', createdAt: '2026-01-12T09:30:11.204Z' }),
  organization('globex', 'us', {
    email: 'sam@acme.example',
    createdAt: '2026-02-25T09:02:48.117Z',
    plan: 'free',
    entitlements: { ...ENTITLEMENTS, 'audit-logging': false, teams: false, sso: false, 'cost-estimation': false },
  }),
  organization('acme-eu', 'eu', { email: 'sam@acme.example', createdAt: '2026-05-04T08:15:30.660Z' }),
  organization('acme-internal', 'enterprise', { email: 'dana@acme.example', createdAt: '2026-03-16T07:44:09.552Z' }),
]

const project = (organizationName: string, name: string, description: string | null = null): Project => ({
  id: idOf('prj', `${organizationName} ${name}`),
  name,
  description,
  organization: organizationName,
})

export const DEFAULT_PROJECT = 'Default Project'

/** The projects there are at the start; each organization has the default one. */
export const projects = (): Project[] => [
  ...organizations().map(({ name }) => project(name, DEFAULT_PROJECT)),
  project('acme', 'Platform', 'Networks, clusters and databases'),
  project('acme', 'Payroll', 'Finance Engineering only'),
]

const NETWORKS = ['network-production', 'network-staging', 'cluster-production', 'cluster-staging', 'orders-database']
const ALL_BUT_PAYROLL = [...NETWORKS, 'web-cdn', 'legacy-dns', 'lee-playground']

const to = (names: readonly string[], level: Level): Record<string, Level> =>
  Object.fromEntries(names.map((name) => [name, level]))

function team(organizationName: string, name: string, members: string[], access: Record<string, Level> = {}): Team {
  const id = idOf('team', `${organizationName} ${name}`)
  return { id, name, organization: organizationName, members, isOwners: name === 'owners', access }
}

/** The teams there are at the start. Nobody is in those that are for tokens. */
export const teams = (): Team[] => [
  team('acme', 'owners', ['dana-k']),
  team('acme', 'on-call', ['dana-k', 'sam-o'], to(ALL_BUT_PAYROLL, 'write')),
  team('acme', 'storefront', ['priya-n'], { 'web-cdn': 'plan', 'network-staging': 'read' }),
  team('acme', 'contractors', ['lee-p'], { 'lee-playground': 'admin', 'cluster-staging': 'outputs' }),
  team('acme', 'plugboard', [], to(ALL_BUT_PAYROLL, 'read')),
  team('acme', 'plugboard-admin', [], to(ALL_BUT_PAYROLL, 'admin')),
  team('acme', 'dashboards', [], to(ALL_BUT_PAYROLL, 'outputs')),
  team('globex', 'owners', ['sam-o']),
  team('globex', 'readers', ['dana-k'], to(['telemetry-production', 'telemetry-staging'], 'read')),
  team('acme-eu', 'owners', ['sam-o']),
  team('acme-eu', 'plugboard', [], to(['cluster-eu'], 'read')),
  team('acme-internal', 'owners', ['dana-k']),
  team('acme-internal', 'plugboard', [], to(['vault-production'], 'admin')),
]

type StandingToken = {
  /** Seven letters: `sandbox` and the word, then the word nine times, make the token. */
  word: string
  kind: TokenKind
  organization?: string
  team?: string
  username?: string
  description: string
  isExpired?: boolean
}

/** Tokens that exist from the start, for demos. */
export const standingTokens: readonly StandingToken[] = [
  { word: 'plugbrd', kind: 'team', organization: 'acme', team: 'plugboard', description: 'Plugboard' },
  { word: 'adminty', kind: 'team', organization: 'acme', team: 'plugboard-admin', description: 'Plugboard, all of it' },
  { word: 'outputs', kind: 'team', organization: 'acme', team: 'dashboards', description: 'Wall screens' },
  {
    word: 'expired',
    kind: 'team',
    organization: 'acme',
    team: 'plugboard',
    description: 'Plugboard, before',
    isExpired: true,
  },
  { word: 'orgwide', kind: 'organization', organization: 'acme', description: 'Provisioning' },
  { word: 'auditor', kind: 'audit-trail', organization: 'acme', description: 'Log shipping' },
  { word: 'globex1', kind: 'team', organization: 'globex', team: 'readers', description: 'Plugboard' },
  { word: 'danakow', kind: 'user', username: 'dana-k', description: 'laptop' },
  { word: 'europe1', kind: 'team', organization: 'acme-eu', team: 'plugboard', description: 'Plugboard' },
  { word: 'private', kind: 'team', organization: 'acme-internal', team: 'plugboard', description: 'Plugboard' },
]
