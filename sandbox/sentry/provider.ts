import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { ORIGIN } from './state.ts'
import { showPage } from './web.ts'

/** Sentry as it is seen from outside; every region and every organization's own host is this one. */
export function sentry(world: World): SandboxProvider {
  let state = startState(world)
  return {
    id: 'sentry',
    name: 'Sentry',
    origins: { [ORIGIN]: 'https://sentry.io' },
    answer: (call) => (call.rest.startsWith('/api/') ? answerApi(call, state) : showPage(call, state)),
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
