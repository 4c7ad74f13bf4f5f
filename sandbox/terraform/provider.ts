import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { answerArchivist } from './archivist.ts'
import { revoke, set } from './control.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { ARCHIVIST, ORIGINS } from './state.ts'
import { showPage } from './web.ts'

/** HCP Terraform as it is seen from outside, its European twin, a Terraform Enterprise, and where their files are. */
export function terraform(world: World): SandboxProvider {
  let state = startState(world)
  return {
    id: 'terraform',
    name: 'Terraform',
    origins: {
      ...Object.fromEntries(Object.entries(ORIGINS).map(([prefix, { real }]) => [prefix, real])),
      [ARCHIVIST]: 'https://archivist.terraform.io',
    },
    answer: (call) => {
      if (call.origin === ARCHIVIST) return answerArchivist(call, state)
      return call.rest.startsWith('/api/') ? answerApi(call, state) : showPage(call, state)
    },
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
