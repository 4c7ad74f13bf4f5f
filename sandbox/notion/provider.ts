import type { Call } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { answerOauth } from './token-endpoint.ts'
import { showPage } from './web.ts'

/** Notion as it is seen from outside: api.notion.com with its consent, and the pages of app.notion.com that answers link to. */
export function notion(world: World): SandboxProvider {
  let state = startState(world)

  const answer = (call: Call) => {
    const line = `${call.method} ${call.rest}`
    if (line === 'GET /v1/oauth/authorize') return showConsent(call, state)
    if (line === 'POST /v1/oauth/authorize') return decideConsent(call, state)
    if (call.rest.startsWith('/v1/')) return answerOauth(call, state) ?? answerApi(call, state)
    return showPage(call, state)
  }

  return {
    id: 'notion',
    name: 'Notion',
    origins: { '/notion-api': 'https://api.notion.com', '/notion-app': 'https://app.notion.com' },
    answer,
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
