import { createHash } from 'node:crypto'
import type { World } from '#sandbox/provider.ts'

export type User = { id: string; email: string; name: string; organizations: string[] }
/** `regionUrl` null is the sandbox's own address; `hasLinks` false leaves `links` out as old self-hosted servers do. */
export type Organization = {
  id: string
  slug: string
  name: string
  createdAt: string
  regionUrl: string | null
  hasLinks: boolean
  /** Lives in another region: nothing of it is found here. */
  isElsewhere: boolean
  /** Single sign-on is demanded from personal tokens. */
  requiresSso: boolean
}
export type Project = {
  id: string
  slug: string
  name: string
  platform: string
  organization: string
  team: string
  createdAt: string
}
export type Level = 'fatal' | 'error' | 'warning' | 'info' | 'debug'
export type Status = 'unresolved' | 'resolved' | 'ignored'
export type Frame = { file: string; function: string; line: number; code: string; inApp: boolean }
export type Issue = {
  id: string
  number: number
  organization: string
  project: string
  type: string
  value: string
  culprit: string | null
  level: Level
  status: Status
  substatus: string | null
  priority: 'high' | 'medium' | 'low'
  isUnhandled: boolean
  /** E-mail address of a person, or `#team`. */
  assignee: string | null
  firstSeen: number
  lastSeen: number
  count: number
  userCount: number
  environments: string[]
  release: string | null
  tags: Record<string, string>
  frames: Frame[]
  hasPermalink: boolean
}

export type TokenKind = 'internal' | 'user' | 'organization' | 'app' | 'legacy'
/** `organization` is null for a token that is a person's (`account` is their e-mail address). */
export type Token = {
  value: string
  kind: TokenKind
  name: string
  organization: string | null
  account: string | null
  integration: string | null
  scopes: string[]
  createdAt: number
}
/** An internal integration: what the organization's settings call a custom integration. */
export type Integration = {
  slug: string
  name: string
  organization: string
  installation: string
  clientSecret: string
}

export type Settings = {
  rateLimit: { limit: number; windowSeconds: number }
  concurrentLimit: number
  /** How long every answer takes, in milliseconds. */
  holdMs: number
  /** Older self-hosted servers filter by the project's number only. */
  numericProjects: boolean
}
export type Window = { used: number; resetAt: number }

/** Everything the simulated Sentry remembers. */
export type State = {
  world: World
  settings: Settings
  users: User[]
  organizations: Organization[]
  projects: Project[]
  issues: Issue[]
  tokens: Map<string, Token>
  integrations: Integration[]
  /** Requests used, by caller and endpoint. */
  windows: Map<string, Window>
  /** Requests being answered, by caller and endpoint. */
  running: Map<string, number>
  /** What new windows start with until they end, when control said so. */
  budget: { remaining: number; until: number } | null
  nextId: number
}

export const startSettings = (): Settings => ({
  rateLimit: { limit: 40, windowSeconds: 1 },
  concurrentLimit: 25,
  holdMs: 0,
  numericProjects: false,
})

export const ORIGIN = '/sentry-api'

/** A number nobody has yet, as text. */
export function newId(state: State): string {
  state.nextId += 1
  return String(state.nextId)
}

/** 32 hex digits that are always the same for the same text. */
export const hexOf = (text: string): string => createHash('md5').update(text).digest('hex')

/** Times as Sentry writes them in issues and events: UTC, whole seconds. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** Finds by number or slug. */
export const named = <Item extends { id: string; slug: string }>(items: readonly Item[], name: string) =>
  items.find(({ id, slug }) => id === name || slug === name)

export const projectsOf = (state: State, organization: string): Project[] =>
  state.projects.filter((project) => project.organization === organization)

export const projectOf = (state: State, issue: Issue): Project | undefined =>
  state.projects.find(({ organization, slug }) => organization === issue.organization && slug === issue.project)

/** What people call an issue: `WEB-3`. */
export const shortIdOf = (issue: Issue): string => `${issue.project.toUpperCase()}-${issue.number}`
export const titleOf = (issue: Issue): string => (issue.value === '' ? issue.type : `${issue.type}: ${issue.value}`)

/** An issue of an organization by its number or its short id (in any case). */
export const issueOf = (state: State, organization: string, name: string): Issue | undefined =>
  state.issues.find(
    (issue) => issue.organization === organization && (issue.id === name || shortIdOf(issue) === name.toUpperCase()),
  )
