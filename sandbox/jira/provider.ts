import { locate, productOf } from '#sandbox/atlassian/access.ts'
import { revokeShared } from '#sandbox/atlassian/control.ts'
import { answerProduct } from '#sandbox/atlassian/product.ts'
import { answerShared, origins } from '#sandbox/atlassian/provider-parts.ts'
import { atlassianOf } from '#sandbox/atlassian/start.ts'
import { type Call, json } from '#sandbox/http.ts'
import { Refused, type SandboxProvider, type World } from '#sandbox/provider.ts'
import { findEndpoint } from './api.ts'
import { set } from './control.ts'
import { startData } from './start.ts'
import type { Data } from './state.ts'
import { showPage } from './web.ts'

/** Jira Cloud as it is seen from outside: its API behind the gateway and on the sites' own hosts, and their pages. */
export function jira(world: World): SandboxProvider {
  const atlassian = atlassianOf(world)
  let data: Data = startData()

  const answer = (call: Call) => {
    const { state } = atlassian
    if (productOf(call) === null) return answerShared(call, state)
    const { site, path, isGateway } = locate(call, state)
    if (path === '/_edge/tenant_info' && !isGateway && site) return json(200, { cloudId: site.id })
    if (isGateway || path.startsWith('/rest/')) {
      return answerProduct<Data>(call, { state, data, product: 'jira', find: findEndpoint })
    }
    return showPage(call, { state, data })
  }

  return {
    id: 'jira',
    name: 'Jira',
    origins,
    serves: (call) => productOf(call) !== 'confluence',
    answer,
    set: (input) => set(atlassian.state, data, input),
    revoke: (input) => revokeShared(atlassian.state, input),
    webhook: () => {
      throw new Refused('webhooks of Jira are not simulated')
    },
    reset: () => {
      atlassian.reset()
      data = startData()
    },
  }
}
