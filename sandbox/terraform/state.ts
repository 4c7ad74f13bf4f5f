import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'

/** Three installations that know nothing of each other: HCP Terraform, its European twin, and a Terraform Enterprise. */
export type Host = 'us' | 'eu' | 'enterprise'

/** What may be done with a workspace, from least to most. `outputs` reads runs and outputs, and no state. */
export const LEVELS = ['outputs', 'read', 'plan', 'write', 'admin'] as const
export type Level = (typeof LEVELS)[number]

export type User = { id: string; username: string; email: string; host: Host }
export type Organization = {
  name: string
  externalId: string
  email: string
  host: Host
  createdAt: string
  plan: string
  /** Off: tokens of people find nothing of it. */
  allowsUserTokens: boolean
  entitlements: Record<string, boolean>
}
/** `members` are usernames; the owners may do everything. */
export type Team = {
  id: string
  name: string
  organization: string
  members: string[]
  isOwners: boolean
  access: Record<string, Level>
}
export type Project = { id: string; name: string; description: string | null; organization: string }

/** One entry of a state's resources; `provider` is its address in the registry. */
export type Resource = { type: string; name: string; count: number; module: string; provider: string }
export type Output = { name: string; value: unknown; isSensitive: boolean }
export type Workspace = {
  id: string
  name: string
  organization: string
  project: string
  description: string | null
  executionMode: 'remote' | 'local' | 'agent'
  terraformVersion: string
  isLocked: boolean
  tags: string[]
  repository: string | null
  createdAt: number
  resources: Resource[]
  outputs: Output[]
  /** False while the newest state is being read: its lists are empty, and its outputs are not to be had. */
  isProcessed: boolean
}

export const STATUSES = [
  'pending',
  'fetching',
  'plan_queued',
  'planning',
  'planned',
  'cost_estimating',
  'cost_estimated',
  'policy_checking',
  'policy_override',
  'policy_soft_failed',
  'policy_checked',
  'confirmed',
  'planned_and_finished',
  'apply_queued',
  'applying',
  'applied',
  'discarded',
  'errored',
  'canceled',
  'force_canceled',
] as const
export type Status = (typeof STATUSES)[number]
export type Run = {
  id: string
  workspace: string
  status: Status
  message: string
  source: 'tfe-ui' | 'tfe-api' | 'tfe-configuration-version'
  /** A username. */
  by: string
  createdAt: number
  isDestroy: boolean
  isPlanOnly: boolean
  isRefreshOnly: boolean
  additions: number
  changes: number
  destructions: number
  imports: number
}
export type StateVersion = { id: string; workspace: string; run: string; serial: number; createdAt: number }

export type TokenKind = 'team' | 'user' | 'organization' | 'audit-trail' | 'agent'
/** `organization` is null for a person's token, `team` and `username` for all but theirs. */
export type Token = {
  id: string
  value: string
  kind: TokenKind
  host: Host
  organization: string | null
  team: string | null
  username: string | null
  description: string | null
  createdAt: number
  lastUsedAt: number | null
  expiresAt: number | null
}
export type Delivery = { url: string; body: string; code: string; headers: Record<string, string[]>; 'sent-at': string }
export type Notification = {
  id: string
  workspace: string
  isEnabled: boolean
  name: string
  url: string
  token: string | null
  triggers: string[]
  last: (Delivery & { successful: string }) | null
  createdAt: number
  updatedAt: number
}

export type Settings = { rateLimit: Rate; runsLimit: Rate }
export type Rate = { limit: number; windowSeconds: number }
export type Window = { used: number; endsAt: number }

/** Everything the simulated Terraform remembers. */
export type State = {
  world: World
  settings: Settings
  users: User[]
  organizations: Organization[]
  teams: Team[]
  projects: Project[]
  workspaces: Workspace[]
  runs: Run[]
  stateVersions: StateVersion[]
  notifications: Notification[]
  tokens: Map<string, Token>
  /** What can be fetched without a token, by the end of its address, until a time. */
  objects: Map<string, { until: number; type: string; body: string }>
  /** Requests used, by identity and limit. */
  windows: Map<string, Window>
  nextId: number
}

// 30 a second, lists of runs 30 a minute (developer.hashicorp.com/terraform/cloud-docs/api-docs#rate-limiting)
export const startSettings = (): Settings => ({
  rateLimit: { limit: 30, windowSeconds: 1 },
  runsLimit: { limit: 30, windowSeconds: 60 },
})

export const ORIGINS: Record<string, { host: Host; real: string }> = {
  '/terraform-api': { host: 'us', real: 'https://app.terraform.io' },
  '/terraform-eu': { host: 'eu', real: 'https://app.eu.terraform.io' },
  '/terraform-tfe': { host: 'enterprise', real: 'https://terraform.acme.example' },
}
export const ARCHIVIST = '/terraform-files'

/** An id as Terraform makes them, always the same for the same words. */
export function idOf(prefix: string, words: string): string {
  const letters = createHash('sha512')
    .update(`${prefix} ${words}`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
  return `${prefix}-${letters.slice(0, 16)}`
}

/** An id nobody has yet. */
export function newId(state: State, prefix: string): string {
  state.nextId += 1
  return idOf(prefix, String(state.nextId))
}

export const isoTime = (at: number): string => new Date(at).toISOString()

export const organizationOf = (state: State, name: string): Organization | undefined =>
  state.organizations.find((one) => one.name === name)
export const workspaceOf = (state: State, id: string): Workspace | undefined =>
  state.workspaces.find((one) => one.id === id)

/** The runs of a workspace, newest first. */
export const runsOf = (state: State, { id }: Workspace): Run[] =>
  state.runs.filter(({ workspace }) => workspace === id).toSorted((a, b) => b.createdAt - a.createdAt)

/** The state versions of a workspace, newest first. */
export const statesOf = (state: State, { id }: Workspace): StateVersion[] =>
  state.stateVersions.filter(({ workspace }) => workspace === id).toSorted((a, b) => b.serial - a.serial)
