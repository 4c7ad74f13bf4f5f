import type { World } from '#sandbox/provider.ts'

/** The cloud everybody is in, or one of a customer's own at another host. */
type Host = 'cloud' | 'private'
export type Feature = 'auditLog' | 'dataExport' | 'highlights'

/** A project: what its App ID names, `organization/name`. */
export type App = { organization: string; name: string; host: Host; features: Record<Feature, boolean> }
export type Key = { value: string; name: string; app: string; createdAt: number }
/** One line of an audit log; `at` is unique in its project. */
export type Entry = { app: string; at: number; user: string; action: string; description: string }
/** A session of one of the customers of a project. */
export type Session = {
  app: string
  recording: string
  number: number
  at: number
  userId: string
  email: string
  name: string
  summary: string
}
type Outcome = 'READY' | 'COMPLETE' | 'FAILED'
export type Request = {
  id: string
  app: string
  userId: string | null
  email: string | null
  from: number | null
  until: number | null
  question: string | null
  webhook: string | null
  readyAt: number
  outcome: Outcome
}

export type Settings = {
  /** How a key that is unknown or of another project is refused; both have been seen. */
  badKey: 401 | 403
  /** How a project without a feature is refused. */
  missingFeature: 403 | 404
  errorsAs: 'text' | 'json'
  highlights: { seconds: number; outcome: Outcome }
  rateLimit: { limit: number; windowSeconds: number } | null
}

/** Everything the simulated LogRocket remembers. */
export type State = {
  world: World
  settings: Settings
  apps: App[]
  keys: Map<string, Key>
  entries: Entry[]
  sessions: Session[]
  requests: Request[]
  /** Exported files, by the end of their address. */
  files: Map<string, Session>
  window: { used: number; endsAt: number } | null
}

export const startSettings = (): Settings => ({
  badKey: 401,
  missingFeature: 404,
  errorsAs: 'text',
  highlights: { seconds: 90, outcome: 'READY' },
  rateLimit: null,
})

export const API: Record<string, { host: Host; real: string }> = {
  '/logrocket-api': { host: 'cloud', real: 'https://api.logrocket.com' },
  '/logrocket-own': { host: 'private', real: 'https://api.logrocket.acme.example' },
}
export const PAGES = '/logrocket-app'
export const FILES = '/logrocket-files'

/** The App ID as people write it. */
export const appIdOf = ({ organization, name }: App): string => `${organization}/${name}`
export const appOf = (state: State, id: string): App | undefined => state.apps.find((one) => appIdOf(one) === id)

/** The audit log of a project, oldest first. */
export const entriesOf = (state: State, id: string): Entry[] =>
  state.entries.filter(({ app }) => app === id).toSorted((a, b) => a.at - b.at)

/** The sessions of a project, oldest first. */
export const sessionsOf = (state: State, id: string): Session[] =>
  state.sessions.filter(({ app }) => app === id).toSorted((a, b) => a.at - b.at)
