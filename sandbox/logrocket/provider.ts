import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { revoke, set } from './control.ts'
import { showFile } from './data-export.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { API, FILES, PAGES } from './state.ts'
import { showPage } from './web.ts'

/** LogRocket as it is seen from outside: its API, that of a private cloud, its pages, and where exported files are. */
export function logrocket(world: World): SandboxProvider {
  let state = startState(world)
  return {
    id: 'logrocket',
    name: 'LogRocket',
    origins: {
      ...Object.fromEntries(Object.entries(API).map(([prefix, { real }]) => [prefix, real])),
      [PAGES]: 'https://app.logrocket.com',
      [FILES]: 'https://exports.logrocket.example',
    },
    answer: (call) => {
      if (call.origin === FILES) return showFile(call, state)
      return call.origin === PAGES ? showPage(call, state) : answerApi(call, state)
    },
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
