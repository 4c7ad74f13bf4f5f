import { ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'
import { ownBase } from './hosts.ts'

const slug = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const recording = /^[A-Za-z0-9][A-Za-z0-9-]{7,99}$/
const counter = /^\d{1,9}$/

/** A project: what stands in its App ID before and behind the slash. `isOwn`: at a LogRocket of one's own. */
export type App = { org: string; project: string; isOwn?: boolean }
/** One visit inside a recording, which several tabs and visits of one person share. */
export type Session = { recording: string; number: string }

/** An App ID (`acme/web`) in its two parts; null for what is none. */
export function appOf(text: string): App | null {
  const [org = '', project = '', ...rest] = text.split('/')
  return rest.length === 0 && slug.test(org) && slug.test(project) ? { org, project } : null
}

/** A session as the audit log and replay links write it, `recording/number`; null for what is none. */
export function sessionOf(text: string): Session | null {
  const [name = '', number = '', ...rest] = text.split('/')
  return rest.length === 0 && recording.test(name) && counter.test(number) ? { recording: name, number } : null
}

/** The id of a project. One at a LogRocket of one's own is no other's of the same name, whose links are known. */
export const projectId = ({ org, project, isOwn = false }: App): string => `${isOwn ? '~' : ''}${org}~${project}`
/** The id of a session: it begins with its project's, since a key opens one project alone. */
export const sessionId = (app: App, { recording: name, number }: Session): string =>
  `${projectId(app)}~${name}~${number}`

const notFound = (): never => {
  throw new ProviderFailure('not_found')
}

/** The project that a connection is for. Throws ProviderFailure `not_found` where it is for none. */
export const ownApp = (config: Config): App => ({
  ...(appOf(config.app ?? '') ?? notFound()),
  isOwn: ownBase(config) !== '',
})

/** The project of an id, if it is the connection's own. Throws ProviderFailure `not_found` for any other id. */
export function readProjectId(id: string, config: Config): App {
  const app = ownApp(config)
  return id === projectId(app) ? app : notFound()
}

/** The session of an id in the connection's own project. Throws as readProjectId. */
export function readSessionId(id: string, config: Config): Session {
  const own = `${projectId(ownApp(config))}~`
  const session = id.startsWith(own) ? sessionOf(id.slice(own.length).replace('~', '/')) : null
  return session ?? notFound()
}
