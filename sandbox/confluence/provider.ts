import { locate, productOf } from '#sandbox/atlassian/access.ts'
import { revokeShared } from '#sandbox/atlassian/control.ts'
import { answerProduct } from '#sandbox/atlassian/product.ts'
import { answerShared, origins } from '#sandbox/atlassian/provider-parts.ts'
import { atlassianOf } from '#sandbox/atlassian/start.ts'
import type { Call } from '#sandbox/http.ts'
import { Refused, type SandboxProvider, type World } from '#sandbox/provider.ts'
import { findEndpoint } from './api.ts'
import { set } from './control.ts'
import { startData } from './start.ts'
import type { Data } from './state.ts'
import { showWiki } from './web.ts'

/** Confluence Cloud as it is seen from outside; its accounts, consent and tokens are Jira's too. */
export function confluence(world: World): SandboxProvider {
  const atlassian = atlassianOf(world)
  let data: Data = startData()

  const answer = (call: Call) => {
    const { state } = atlassian
    if (productOf(call) === null) return answerShared(call, state)
    const { path, isGateway } = locate(call, state)
    if (!isGateway && !/^\/wiki\/(rest|api)\//.test(path)) return showWiki(call, { state, data })
    return answerProduct<Data>(call, { state, data, product: 'confluence', find: findEndpoint })
  }

  return {
    id: 'confluence',
    name: 'Confluence',
    origins,
    serves: (call) => productOf(call) !== 'jira',
    answer,
    set: (input) => set(atlassian.state, data, input),
    revoke: (input) => revokeShared(atlassian.state, input),
    webhook: () => {
      throw new Refused('Confluence sends no webhooks to apps like this one')
    },
    reset: () => {
      atlassian.reset()
      data = startData()
    },
  }
}
