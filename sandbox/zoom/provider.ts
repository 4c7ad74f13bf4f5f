import type { Call } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { answerRevoke, answerToken } from './token-endpoint.ts'
import { showPage } from './web.ts'

/** Zoom as it is seen from outside: zoom.us with its sub-domains, and api.zoom.us. */
export function zoom(world: World): SandboxProvider {
  let state = startState(world)

  const answerWeb = (call: Call) => {
    switch (`${call.method} ${call.rest}`) {
      case 'GET /oauth/authorize':
        return showConsent(call, state)
      case 'POST /oauth/authorize':
        return decideConsent(call, state)
      case 'POST /oauth/token':
        return answerToken(call, state)
      case 'POST /oauth/revoke':
        return answerRevoke(call, state)
      default:
        return showPage(call, state)
    }
  }

  return {
    id: 'zoom',
    name: 'Zoom',
    origins: { '/zoom-web': 'https://zoom.us', '/zoom-api': 'https://api.zoom.us' },
    answer: (call) => (call.origin === '/zoom-api' ? answerApi(call, state) : answerWeb(call)),
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
