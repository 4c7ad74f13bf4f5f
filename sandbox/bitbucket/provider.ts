import type { Answer, Call } from '#sandbox/http.ts'
import type { SandboxProvider, World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { showTokens } from './api-tokens.ts'
import { revoke, set } from './control.ts'
import { answerMedia } from './large-files.ts'
import { sendWebhook } from './send-webhook.ts'
import { startState } from './start.ts'
import { API, ID, MEDIA, type State, WEB } from './state.ts'
import { showPage } from './web.ts'

function answer(call: Call, state: State): Answer | Promise<Answer> {
  if (call.origin === API) return answerApi(call, state)
  if (call.origin === ID) return showTokens(call, state)
  return call.origin === MEDIA ? answerMedia(call) : showPage(call, state)
}

/** Bitbucket Cloud as it is seen from outside. */
export function bitbucket(world: World): SandboxProvider {
  let state = startState(world)
  return {
    id: 'bitbucket',
    name: 'Bitbucket',
    origins: {
      [API]: 'https://api.bitbucket.org',
      [WEB]: 'https://bitbucket.org',
      [ID]: 'https://id.atlassian.com',
      [MEDIA]: 'https://api.media.atlassian.com',
    },
    answer: (call) => answer(call, state),
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: (input) => sendWebhook(state, input),
    reset: () => {
      state = startState(world)
    },
  }
}
