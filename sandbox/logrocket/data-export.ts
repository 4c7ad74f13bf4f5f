import { randomBytes } from 'node:crypto'
import { type Answer, type Call, json } from '#sandbox/http.ts'
import { type Endpoint, keyed, limitIn, numberIn, Refusal, requireFeature } from './access.ts'
import { appIdOf, FILES, type State, sessionsOf } from './state.ts'

// A session is finished when nothing came for an hour.
const HOUR_MS = 3_600_000

/** GET …/data-export/: finished sessions, oldest first, from `date` on; each as the address of a file. */
export const exportSessions: Endpoint = (call, params, state) => {
  const app = keyed(call, state, params)
  requireFeature(state, app, 'dataExport')
  const [date, limit] = [numberIn(call, 'date') ?? 0, limitIn(call)]
  const cursor = call.query.get('cursor') ?? ''
  const [, skipped] = /^export-(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (cursor !== '' && skipped === undefined) throw new Refusal(400, 'Invalid cursor')
  const offset = Number(skipped ?? 0)
  const now = state.world.clock.now()
  const page = sessionsOf(state, appIdOf(app))
    .filter(({ at }) => at >= date && at <= now - HOUR_MS)
    .slice(offset, offset + limit)
  const sessions = page.map((session) => {
    const name = `${randomBytes(32).toString('hex')}.jsonl`
    state.files.set(name, session)
    return { url: `${state.world.url}${FILES}/exports/${name}` }
  })
  return json(200, { cursor: Buffer.from(`export-${offset + page.length}`).toString('base64url'), sessions })
}

/** The file of one session, for whoever has its address: JSON Lines. */
export function showFile(call: Call, state: State): Answer {
  const session = state.files.get(call.rest.replace('/exports/', ''))
  if (!session) return { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Access denied' }
  const { recording, number, at, userId, email, name } = session
  const lines = [
    {
      type: 'session',
      recordingID: recording,
      sessionID: number,
      time: at,
      userID: userId,
      userEmail: email,
      userName: name,
    },
    { type: 'navigate', time: at + 2000, href: 'https://shop.acme.example/' },
  ]
  const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body }
}
