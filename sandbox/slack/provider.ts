import { type Call, json } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { showPage } from './web.ts'

/** Slack as it is seen from outside: slack.com with its consent, pages and Web API. */
export function slack(world: World): SandboxProvider {
  let state = startState(world)

  const answer = (call: Call) => {
    const line = `${call.method} ${call.rest}`
    const [, method] = /^\/api\/([\w.]+)$/.exec(call.rest) ?? []
    if (method !== undefined && (call.method === 'GET' || call.method === 'POST')) return answerApi(call, method, state)
    if (call.rest.startsWith('/api/')) return json(404, { ok: false, error: 'unknown_method' })
    if (line === 'GET /oauth/v2/authorize') return showConsent(call, state)
    if (line === 'POST /oauth/v2/authorize') return decideConsent(call, state)
    return showPage(call, state)
  }

  return {
    id: 'slack',
    name: 'Slack',
    origins: { '/slack-web': 'https://slack.com' },
    answer,
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
