import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { Refusal, wrongScope } from './access.ts'
import { refusalAnswer } from './product.ts'
import { isOf } from './scopes.ts'
import { accountOf, type Chain, type Product, type State, siteUrl } from './state.ts'
import { livingChain, scopesOf, siteIdsOf } from './tokens.ts'

const AVATARS = 'https://site-admin-avatar-cdn.prod.public.atl-paas.net/avatars/240'

/** GET /oauth/token/accessible-resources and GET /me of api.atlassian.com, asked with an app's token. */
export function answerAccount(call: Call, state: State): Answer {
  try {
    const line = `${call.method} ${call.rest}`
    if (line === 'GET /oauth/token/accessible-resources') return json(200, resources(state, asker(call, state)))
    if (line === 'GET /me') return json(200, profile(state, asker(call, state)))
    throw new Refusal(404, { code: 404, message: 'Not Found' })
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return refusalAnswer(problem)
  }
}

function asker(call: Call, state: State): Chain {
  const [, value = ''] = /^Bearer (\S+)$/i.exec(header(call, 'authorization') ?? '') ?? []
  const chain = livingChain(state, value)
  if (!chain) throw new Refusal(401, { code: 401, message: 'Unauthorized' })
  call.note.account = chain.email
  call.note.token = value
  return chain
}

/** A site stands there once for each of its products that the token has scopes of, under the same id. */
function resources(state: State, chain: Chain): object[] {
  const scopes = scopesOf(state, chain)
  const reached = siteIdsOf(state, chain)
  return state.sites
    .filter(({ id }) => reached.includes(id))
    .flatMap((site) =>
      (['jira', 'confluence'] satisfies Product[]).flatMap((product) => {
        const those = scopes.filter((scope) => isOf(product, scope))
        if (those.length === 0 || site[product] === 'off') return []
        const { id, name } = site
        const avatarUrl = `${AVATARS}/${name.length % 2 === 0 ? 'koala' : 'flag'}.png`
        return [{ id, name, url: siteUrl(state.world, site), scopes: those, avatarUrl }]
      }),
    )
}

function profile(state: State, chain: Chain): object {
  if (!scopesOf(state, chain).includes('read:me')) throw wrongScope()
  const account = accountOf(state, chain.email)
  if (!account) throw new Refusal(404, { code: 404, message: 'Not Found' })
  const { id, email, name, timeZone, title } = account
  return {
    account_type: 'atlassian',
    account_id: id,
    email,
    name,
    picture: `${state.world.url}/atlassian-site/avatars/${encodeURIComponent(id)}`,
    account_status: 'active',
    nickname: name.split(' ')[0]?.toLowerCase(),
    zoneinfo: timeZone,
    locale: 'en-GB',
    extended_profile: { job_title: title, organization: 'Acme', department: '', location: '' },
  }
}
