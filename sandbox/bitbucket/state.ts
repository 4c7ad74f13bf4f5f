import { createHash, randomBytes } from 'node:crypto'
import type { MemoryRepository } from '#sandbox/git/memory.ts'
import type { World } from '#sandbox/provider.ts'

/** A person; other things name people by `email`. */
export type Account = {
  email: string
  name: string
  nickname: string
  username: string
  uuid: string
  accountId: string
  createdOn: string
}
export type Role = 'owner' | 'collaborator' | 'member'
export type Workspace = {
  uuid: string
  slug: string
  name: string
  isPrivate: boolean
  createdOn: string
  members: Record<string, Role>
  hooks: Hook[]
}
export type Project = { uuid: string; key: string; name: string; workspace: string; createdOn: string }
export type Permission = 'read' | 'write' | 'admin'
export type PullState = 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED'
export type PullRequest = {
  id: number
  title: string
  description: string
  state: PullState
  isDraft: boolean
  author: string
  source: string
  destination: string
  createdOn: string
  updatedOn: string
  closedBy: string | null
  reason: string
  reviewers: string[]
  approvedBy: string[]
  comments: number
}
export type Hook = {
  uuid: string
  description: string
  url: string
  isActive: boolean
  events: string[]
  secret: string | null
  createdAt: string
}
export type Repository = {
  uuid: string
  workspace: string
  slug: string
  name: string
  description: string
  language: string
  project: string
  isPrivate: boolean
  createdOn: string
  /** When its settings were last changed; what is pushed counts by itself. */
  changedOn: string | null
  grants: Record<string, Permission>
  git: MemoryRepository
  pulls: PullRequest[]
  hooks: Hook[]
}

/** `scoped` is the only kind that Bitbucket takes; the others are what people paste in its place. */
export type TokenKind = 'scoped' | 'unscoped' | 'jira' | 'app-password'
export type Token = {
  value: string
  kind: TokenKind
  account: string
  label: string
  scopes: string[]
  /** Limited to one workspace by its slug; null reaches all of the person's. */
  workspace: string | null
  expiresAt: number
}
export type Limits = { repositories: number; files: number; anonymous: number }
export type Settings = {
  limits: Limits
  /** Sends the X-RateLimit headers, which people's API tokens do not get. */
  showsLimits: boolean
  /** Directories deeper than this are too deep to list at once. */
  deepest: number
}

/** Everything the simulated Bitbucket remembers. */
export type State = {
  world: World
  settings: Settings
  accounts: Account[]
  workspaces: Workspace[]
  projects: Project[]
  repositories: Repository[]
  tokens: Map<string, Token>
  /** Times of the requests of the last hour, by resource and caller. */
  used: Map<string, number[]>
  /** What windows that begin before `until` start with, when control said so. */
  budget: { remaining: number; from: number; until: number } | null
}

/** support.atlassian.com/bitbucket-cloud/docs/api-request-limits */
export const startSettings = (): Settings => ({
  limits: { repositories: 1000, files: 5000, anonymous: 60 },
  showsLimits: false,
  deepest: 10,
})

export const API = '/bitbucket-api'
export const WEB = '/bitbucket-web'
export const ID = '/bitbucket-id'
export const MEDIA = '/bitbucket-media'

/** A UUID in braces, always the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return `{${[hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-')}}`
}

/** A UUID nobody has yet. */
export const newUuid = (): string => uuidOf(randomBytes(16).toString('hex'))

/** Times as most answers write them: UTC, microseconds. */
export const timestamp = (at: string | number): string => new Date(at).toISOString().replace('Z', '000+00:00')
/** Times as commits have them: UTC, whole seconds. */
export const commitDate = (at: string): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00')

/** A person by e-mail address. */
export const accountOf = (state: State, email: string): Account | undefined =>
  state.accounts.find((one) => one.email === email)

/** By slug in any case, or by UUID in braces. */
export const named = <Item extends { slug: string; uuid: string }>(items: readonly Item[], name: string) =>
  items.find(({ slug, uuid }) => slug === name.toLowerCase() || uuid === name)

/** A repository by the names or UUIDs of its workspace and itself. */
export const repositoryNamed = (state: State, workspace: string, slug: string): Repository | undefined => {
  const home = named(state.workspaces, workspace)
  return home && named(repositoriesOf(state, home), slug)
}

/** The repositories of a workspace. */
export const repositoriesOf = (state: State, { slug }: Workspace): Repository[] =>
  state.repositories.filter(({ workspace }) => workspace === slug)
