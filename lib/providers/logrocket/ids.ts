import { ProviderFailure } from '#lib/providers/api.ts'
import type { Config } from '#lib/providers/define-api.ts'

const slug = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const recording = /^[A-Za-z0-9][A-Za-z0-9-]{7,99}$/
const counter = /^\d{1,9}$/

/** A project: what stands in its App ID before and behind the slash. */
export type App = { org: string; project: string }
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

/** The id of a project. */
export const projectId = ({ org, project }: App): string => `${org}~${project}`
/** The id of a session: it begins with its project's, since a key opens one project alone. */
export const sessionId = (app: App, { recording: name, number }: Session): string =>
  `${projectId(app)}~${name}~${number}`

const notFound = (): never => {
  throw new ProviderFailure('not_found')
}

/** The project that a connection is for. Throws ProviderFailure `not_found` where it is for none. */
export const ownApp = ({ app = '' }: Config): App => appOf(app) ?? notFound()

/** The project of an id, if it is the connection's own. Throws ProviderFailure `not_found` for any other id. */
export function readProjectId(id: string, config: Config): App {
  const app = ownApp(config)
  return id === projectId(app) ? app : notFound()
}

/** The session of an id in the connection's own project. Throws as readProjectId. */
export function readSessionId(id: string, config: Config): Session {
  const [org = '', project = '', name = '', number = ''] = id.split('~')
  const session = sessionOf(`${name}/${number}`)
  readProjectId(projectId({ org, project }), config)
  return session && sessionId(ownApp(config), session) === id ? session : notFound()
}
