import type { Api } from '#lib/providers/define-api.ts'
import { origins, ownBase } from './hosts.ts'
import { appOf, ownApp, projectId, type Session, sessionId, sessionOf } from './ids.ts'

const segmentsOf = (url: URL): string[] =>
  url.origin === origins.app ? url.pathname.split('/').filter((segment) => segment !== '') : []

/** https://app.logrocket.com/acme/web */
export function projectLink(url: URL): string | null {
  const app = appOf(segmentsOf(url).join('/'))
  return app && projectId(app)
}

/** https://app.logrocket.com/acme/web/s/6-0192aaaa-bbbb-cccc-dddd-eeeeeeeeeeee/0, whatever moment of it the rest names. */
export function sessionLink(url: URL): string | null {
  const [org, project, section, recording, number] = segmentsOf(url)
  const app = appOf(`${org}/${project}`)
  const session = sessionOf(`${recording}/${number}`)
  return app && session && section === 's' ? sessionId(app, session) : null
}

/** The page of the connection's project. A LogRocket of a company's own has its pages where no answer tells: empty then. */
export function projectAddress({ web, config }: Api): string {
  const { org, project } = ownApp(config)
  return ownBase(config) ? '' : `${web}/${encodeURIComponent(org)}/${encodeURIComponent(project)}`
}

/** Where a session is replayed; empty as projectAddress (docs.logrocket.com/docs/audit-log-api). */
export function replayAddress(api: Api, { recording, number }: Session): string {
  const page = projectAddress(api)
  return page && `${page}/s/${recording}/${number}`
}
