import type { Answer, Call } from '#sandbox/http.ts'
import { type Route, router } from '#sandbox/route.ts'
import { type Endpoint, Refusal, refused } from './access.ts'
import { listLogs } from './audit-log.ts'
import { exportSessions } from './data-export.ts'
import { askHighlights, showHighlights } from './highlights.ts'
import type { State } from './state.ts'

const on = (method: string, end: string, handler: Endpoint): Route<State, null> => ({
  method,
  pattern: `/v1/orgs/{org}/apps/{app}/${end}`,
  handler,
  about: null,
})

// With their slashes and without, just as they are documented.
const find = router([
  on('GET', 'audit/logs/', listLogs),
  on('GET', 'data-export/', exportSessions),
  on('POST', 'highlights/', askHighlights),
  on('GET', 'highlights', showHighlights),
])

/** Answers one request under /v1. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  try {
    const wait = waitOf(state)
    if (wait !== null) return refused(state, new Refusal(429, 'Too many requests'), { 'retry-after': String(wait) })
    const found = find(call.method, call.rest)
    if (!found) throw new Refusal(404, 'Not found')
    return await found.handler(call, found.params, state)
  } catch (problem) {
    if (problem instanceof Refusal) return refused(state, problem)
    throw problem
  }
}

/** Counts a request where control has set a limit; how long to wait, in seconds, when there were too many. */
function waitOf(state: State): number | null {
  const { rateLimit } = state.settings
  if (!rateLimit) return null
  const now = state.world.clock.now()
  const isOpen = state.window !== null && state.window.endsAt > now
  const window = isOpen && state.window ? state.window : { used: 0, endsAt: now + rateLimit.windowSeconds * 1000 }
  window.used += 1
  state.window = window
  return window.used > rateLimit.limit ? Math.ceil((window.endsAt - now) / 1000) : null
}
