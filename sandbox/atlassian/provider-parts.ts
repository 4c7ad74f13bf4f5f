import type { Answer, Call } from '#sandbox/http.ts'
import { answerAccount } from './account-api.ts'
import { decideConsent, showConsent } from './consent.ts'
import { showProfile } from './profile-pages.ts'
import type { State } from './state.ts'
import { answerToken } from './token-endpoint.ts'

/** Where both products are: the account system, the gateway to every site, and the sites' own hosts. */
export const origins = {
  '/atlassian-auth': 'https://auth.atlassian.com',
  '/atlassian-api': 'https://api.atlassian.com',
  '/atlassian-site': 'https://{site}.atlassian.net',
}

/** Answers what belongs to neither product: consent, tokens, the sites of a token, a person's own settings. */
export function answerShared(call: Call, state: State): Answer {
  if (call.origin === '/atlassian-api') return answerAccount(call, state)
  const line = `${call.method} ${call.rest}`
  if (line === 'GET /authorize') return showConsent(call, state)
  if (line === 'POST /authorize') return decideConsent(call, state)
  if (line === 'POST /oauth/token') return answerToken(call, state)
  return showProfile(call, state)
}
