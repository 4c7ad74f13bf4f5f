import type { Call } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { answerAuth } from './token-endpoint.ts'
import { showHelp, showPage } from './web.ts'

/** Intercom as it is seen from outside: consent and pages, the API, help centers; all for every region. */
export function intercom(world: World): SandboxProvider {
  let state = startState(world)

  const answer = (call: Call) => {
    const line = `${call.method} ${call.rest}`
    if (call.origin === '/intercom-api') return answerAuth(call, state) ?? answerApi(call, state)
    if (call.origin === '/intercom-help') return showHelp(call, state)
    if (line === 'GET /oauth') return showConsent(call, state)
    if (line === 'POST /oauth') return decideConsent(call, state)
    return showPage(call, state)
  }

  return {
    id: 'intercom',
    name: 'Intercom',
    origins: {
      '/intercom-web': 'https://app.intercom.com',
      '/intercom-api': 'https://api.intercom.io',
      '/intercom-help': 'https://intercom.help',
    },
    answer,
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
