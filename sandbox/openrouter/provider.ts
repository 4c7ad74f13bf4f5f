import type { Call } from '#sandbox/http.ts'
import { Refused, type SandboxProvider, type World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { showPage } from './pages.ts'
import { startState } from './start.ts'

/** OpenRouter as it is seen from outside: its pages, consent without a client, and the API under /api/v1. */
export function openrouter(world: World): SandboxProvider {
  let state = startState(world)

  const answer = (call: Call) => {
    if (call.rest.startsWith('/api/')) return answerApi(call, state)
    const line = `${call.method} ${call.rest}`
    if (line === 'GET /auth') return showConsent(call, state)
    if (line === 'POST /auth') return decideConsent(call, state)
    return showPage(call, state)
  }

  return {
    id: 'openrouter',
    name: 'OpenRouter',
    origins: { '/openrouter-web': 'https://openrouter.ai' },
    answer,
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: () => {
      throw new Refused('OpenRouter sends no webhooks')
    },
    reset: () => {
      state = startState(world)
    },
  }
}
