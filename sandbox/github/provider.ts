import type { Call } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { exchange } from './token-endpoint.ts'
import { showPage } from './web.ts'

/** GitHub as it is seen from outside: github.com (consent, tokens, pages) and api.github.com. */
export function github(world: World): SandboxProvider {
  let state = startState(world)

  const web = (call: Call) => {
    const line = `${call.method} ${call.rest}`
    if (line === 'GET /login/oauth/authorize') return showConsent(call, state)
    if (line === 'POST /login/oauth/authorize') return decideConsent(call, state)
    if (line === 'POST /login/oauth/access_token') return exchange(call, state)
    return showPage(call, state)
  }

  return {
    id: 'github',
    name: 'GitHub',
    origins: { '/github-web': 'https://github.com', '/github-api': 'https://api.github.com' },
    answer: (call) => (call.origin === '/github-api' ? answerApi(call, state) : web(call)),
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
