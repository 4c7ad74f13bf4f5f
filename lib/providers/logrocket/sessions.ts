import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { DAYS, recentViews, type Views } from './audit-log.ts'
import { NO_AUDIT_LOG } from './failure.ts'
import { opensExport } from './identify.ts'
import { ownApp, projectId, readProjectId, readSessionId, type Session, sessionId } from './ids.ts'
import { replayAddress, sessionLink } from './links.ts'

/** Who it is, without the address: `dana.kim@acme.example` is Dana Kim. What is no address is a number of their system. */
export function nameOf(address: string): string {
  const [local = ''] = /^(.+)@/.exec(address)?.slice(1) ?? []
  const words = local
    .replace(/\+.*$/, '')
    .split(/[._-]+/)
    .filter((word) => /\p{L}/u.test(word))
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || 'somebody'
}

const isSame = (one: Session, other: Session): boolean =>
  one.recording === other.recording && one.number === other.number

/** What a session is called here: it has no name. */
export const titleOf = ({ recording, number }: Session): string => `Session ${recording.slice(0, 10)}/${number}`

/** What is known of one session: its views, oldest first. Of a log that was not read whole they are some, and their number tells nothing. */
type Known = Views & { note: string }

/** What the views of a session say of it: all that LogRocket tells. */
function toResource(api: Api, session: Session, { views, isWhole, note }: Known): Resource {
  const app = ownApp(api.config)
  const latest = views.at(-1)
  const replayUrl = replayAddress(api, session)
  const viewers = [...new Set(views.toReversed().map(({ by }) => nameOf(by)))]
  return {
    kind: 'session',
    id: sessionId(app, session),
    title: titleOf(session),
    url: replayUrl,
    parent: projectId(app),
    container: `${app.org}/${app.project}`,
    containerId: projectId(app),
    ...(latest ? { updatedAt: new Date(latest.at).toISOString(), excerpt: `Viewed by ${viewers.join(', ')}` } : {}),
    body: {
      recording: session.recording,
      number: session.number,
      ...(replayUrl ? { replayUrl } : {}),
      ...(latest ? { viewedAt: new Date(latest.at).toISOString(), viewedBy: viewers[0] } : {}),
      ...(isWhole ? { viewers, views: views.length } : {}),
      note,
    },
    ...(latest?.by.includes('@') ? { forAdmins: { email: latest.by } } : {}),
  }
}

const LACKS = 'LogRocket has no API for a session’s length, errors or contents.'
const UNSEEN = `Nobody viewed it in the last ${DAYS} days. Whether it is still there only LogRocket’s page tells.`
const UNLOGGED = 'This project has no audit log, so LogRocket does not say who viewed it.'
const PARTLY = `The audit log of the last ${DAYS} days is too long to be read whole: others may have viewed it, and later.`
const UNREAD = `It is not among the views that were read: the audit log of the last ${DAYS} days is too long to be read whole.`
const LISTED_PARTLY = 'Its audit log is too long to be read whole: sessions that were viewed may be missing here.'

/** Whether there is no audit log. A 403 says it of a key that opens something else. */
async function isMissing(api: Api, error: unknown): Promise<boolean> {
  if (!(error instanceof ProviderFailure)) return false
  if (error.failure === 'forbidden') return (await opensExport(api)) === true
  return error.failure === 'not_found' || error.failure === 'plan'
}

/** The views, where there is an audit log. Throws ProviderFailure `setup` where the plan has none. */
async function viewsOf(api: Api): Promise<Views> {
  try {
    return await recentViews(api)
  } catch (error) {
    throw (await isMissing(api, error)) ? new ProviderFailure('setup', { detail: NO_AUDIT_LOG, cause: error }) : error
  }
}

/** The sessions that somebody viewed lately, each once, the latest first. There is no list of the others. */
async function list(api: Api, parent?: string): Promise<Page> {
  if (parent !== undefined) readProjectId(parent, api.config)
  const { views, isWhole } = await viewsOf(api)
  const bySession = Map.groupBy(views, ({ recording, number }) => `${recording}/${number}`)
  const items = [...bySession.values()].flatMap((own) => {
    const last = own.at(-1)
    return last ? [toResource(api, last, { views: own, isWhole, note: isWhole ? LACKS : PARTLY })] : []
  })
  return {
    items: items.sort((one, other) => (other.updatedAt ?? '').localeCompare(one.updatedAt ?? '')),
    ...(isWhole ? {} : { message: LISTED_PARTLY }),
  }
}

/** A session by its link. Nothing tells whether there is one: its replay link is all there is of one that nobody viewed. */
async function read(api: Api, id: string): Promise<Resource> {
  const session = readSessionId(id, api.config)
  try {
    const { views: all, isWhole } = await viewsOf(api)
    const views = all.filter((view) => isSame(view, session))
    const [seen, unseen] = isWhole ? [LACKS, UNSEEN] : [PARTLY, UNREAD]
    return toResource(api, session, { views, isWhole, note: views.length > 0 ? seen : unseen })
  } catch (error) {
    if (!(error instanceof ProviderFailure && error.detail === NO_AUDIT_LOG)) throw error
    return toResource(api, session, { views: [], isWhole: false, note: UNLOGGED })
  }
}

export const sessions: Reader = {
  kind: 'session',
  name: 'Session',
  list: (api, { parent }) => list(api, parent),
  read,
  match: sessionLink,
}
