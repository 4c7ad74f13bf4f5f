import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { json, parseJson } from '#sandbox/http.ts'
import { type Endpoint, keyed, Refusal, requireFeature } from './access.ts'
import { appIdOf, type Request, type State, sessionsOf } from './state.ts'

const MOST_SESSIONS = 10

const Wanted = z
  .object({
    userEmail: z.email().optional(),
    userID: z.string().min(1).optional(),
    timeRange: z.object({ startMs: z.number().int(), endMs: z.number().int() }).optional(),
    webhookURL: z.url({ protocol: /^https?$/ }).optional(),
    question: z.string().optional(),
  })
  .refine(({ userEmail, userID }) => userEmail !== undefined || userID !== undefined, 'userEmail or userID is required')

/** POST …/highlights/: asks for a summary of one person's sessions, which takes a while (docs.logrocket.com/docs/session-highlights-api). */
export const askHighlights: Endpoint = (call, params, state) => {
  const app = keyed(call, state, params)
  requireFeature(state, app, 'highlights')
  const read = Wanted.safeParse(parseJson(call.body))
  if (!read.success) throw new Refusal(400, z.prettifyError(read.error))
  const { userEmail, userID, timeRange, webhookURL, question } = read.data
  const { seconds, outcome } = state.settings.highlights
  const request: Request = {
    id: randomUUID(),
    app: appIdOf(app),
    userId: userID ?? null,
    email: userEmail ?? null,
    from: timeRange?.startMs ?? null,
    until: timeRange?.endMs ?? null,
    question: question ?? null,
    webhook: webhookURL ?? null,
    readyAt: state.world.clock.now() + seconds * 1000,
    outcome,
  }
  state.requests.push(request)
  return json(200, { id: request.id })
}

/** GET …/highlights?id=: without a slash before the question mark. */
export const showHighlights: Endpoint = (call, params, state) => {
  const app = keyed(call, state, params)
  requireFeature(state, app, 'highlights')
  const request = state.requests.find(({ id, app: own }) => id === call.query.get('id') && own === appIdOf(app))
  if (!request) throw new Refusal(404, 'Not found')
  return json(200, shownRequest(state, request))
}

/** A request for highlights, with its result once it is there. */
export function shownRequest(state: State, request: Request) {
  const isPending = request.readyAt > state.world.clock.now()
  const hasResult = !isPending && request.outcome !== 'FAILED'
  return {
    requestID: request.id,
    appID: request.app,
    status: isPending ? 'PENDING' : request.outcome,
    result: hasResult ? resultOf(state, request) : null,
  }
}

function resultOf(state: State, { app, userId, email, from, until, question }: Request) {
  const sessions = sessionsOf(state, app)
    .filter((one) => (userId === null || one.userId === userId) && (email === null || one.email === email))
    .filter(({ at }) => at >= (from ?? 0) && at <= (until ?? Number.POSITIVE_INFINITY))
    .slice(-MOST_SESSIONS)
  const [first] = sessions
  const answer = question === null ? '' : `**${question}** As far as these sessions show:\n\n`
  const lines = sessions.map(({ summary }) => `- ${summary}`)
  return {
    highlights: first
      ? `${answer}${first.name} in ${sessions.length} sessions:\n\n${lines.join('\n')}`
      : 'No sessions were found.',
    sessions: sessions.map(({ recording, number, summary }) => ({
      recordingID: recording,
      sessionID: number,
      highlights: summary,
    })),
  }
}
