import type { Answer, Call } from '#sandbox/http.ts'
import { json } from '#sandbox/http.ts'
import { avatar } from '#sandbox/pages.ts'
import { Refused, type SandboxProvider, type World } from '#sandbox/provider.ts'
import { answerApi } from './api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { revoke, set } from './control.ts'
import { publicKeys } from './id-token.ts'
import { discovery, notFound, tokeninfo, userinfo } from './openid.ts'
import { startState } from './start.ts'
import { accountOf, type State } from './state.ts'
import { exchange, revoke as revokeToken } from './token-endpoint.ts'
import { removeConnection, showConnections, showPage } from './web.ts'

/** Google as Docs and Drive show it from outside: sign-in, tokens, both APIs and the pages of files. */
export function googleDocs(world: World): SandboxProvider {
  let state = startState(world)

  return {
    id: 'google-docs',
    name: 'Google Docs',
    origins: {
      '/google-accounts': 'https://accounts.google.com',
      '/google-oauth': 'https://oauth2.googleapis.com',
      '/google-openid': 'https://openidconnect.googleapis.com',
      '/google-api': 'https://www.googleapis.com',
      '/google-docs': 'https://docs.googleapis.com',
    },
    answer: (call) => answerAt(call, state),
    set: (input) => set(state, input),
    revoke: (input) => revoke(state, input),
    webhook: () => {
      throw new Refused('Google signs no deliveries; its push notifications are not simulated')
    },
    reset: () => {
      state = startState(world)
    },
  }
}

function answerAt(call: Call, state: State): Answer | Promise<Answer> {
  const line = `${call.method} ${call.rest}`
  switch (call.origin) {
    case '/google-accounts':
      return atAccounts(call, state, line)
    case '/google-oauth':
      if (line === 'POST /token') return exchange(call, state)
      if (line === 'POST /revoke') return revokeToken(call, state)
      if (line === 'GET /tokeninfo' || line === 'POST /tokeninfo') return tokeninfo(call, state)
      return notFound(call)
    case '/google-openid':
      return line === 'GET /v1/userinfo' ? userinfo(call, state) : notFound(call)
    case '/google-api':
      if (line === 'GET /oauth2/v3/userinfo') return userinfo(call, state)
      if (line === 'GET /oauth2/v3/certs') return json(200, publicKeys())
      return answerApi(call, state, 'drive')
    default:
      return call.rest.startsWith('/v1/') ? answerApi(call, state, 'docs') : showPage(call, state)
  }
}

function atAccounts(call: Call, state: State, line: string): Answer {
  const [, sub] = /^GET \/avatars\/(\d+)$/.exec(line) ?? []
  if (sub !== undefined) return avatar(sub, accountOf(state, sub)?.name)
  switch (line) {
    case 'GET /o/oauth2/v2/auth':
      return showConsent(call, state)
    case 'POST /o/oauth2/v2/auth':
      return decideConsent(call, state)
    case 'GET /.well-known/openid-configuration':
      return discovery(state)
    case 'GET /connections':
    case 'GET /permissions':
      return showConnections(state)
    case 'POST /connections':
      return removeConnection(call, state)
    default:
      return notFound(call)
  }
}
