import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { router, shows } from '#sandbox/route.ts'
import { markdownOf } from './markdown.ts'
import { accountName, type Grant, notionApp, ORIGIN, parseId, type State, type Thing } from './state.ts'
import { endGrant } from './tokens.ts'
import { childrenOf, isShared, lineage, parentOf } from './tree.ts'

const find = router<State, null>([
  shows('GET /images/{name}', (_call, { name = '' }) => icon(name)),
  shows('GET /connections', (_call, _params, state) => connections(state)),
  shows('POST /connections', (call, _params, state) => disconnect(call, state)),
  shows('GET /p/{name}', (_call, { name = '' }, state) => thingPage(state, name)),
  shows('POST /p/{name}/connections', (call, { name = '' }, state) => setShared(call, state, name)),
])

/** The pages of app.notion.com that answers link to. Signing in is not simulated. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'Page not found', body: '<h1>This page couldn’t be found</h1><p>You may not have access.</p>' })

// An address ends in an id, after the words of the title.
const named = (state: State, name: string): Thing | undefined =>
  state.things.get(parseId(name.slice(-36)) ?? parseId(name.slice(-32)) ?? '')

const link = (thing: Thing): string =>
  `<a href="${ORIGIN}/p/${thing.id.replaceAll('-', '')}">${escapeHtml(`${thing.icon ?? ''} ${thing.title}`.trim())}</a>`

function thingPage(state: State, name: string): Answer {
  const thing = named(state, name)
  if (!thing) return missing()
  const path = lineage(state, thing).slice(1).reverse().map(link)
  const below = childrenOf(state, thing.id).map((one) => `<li>${link(one)}</li>`)
  const content = thing.object === 'page' ? markdownOf(thing.blocks) : ''
  return page(200, {
    title: thing.title,
    isWide: true,
    body: `<p class="soft">${path.join(' / ')}${thing.isTrashed ? ' This page is in the trash.' : ''}</p>
<h1>${escapeHtml(`${thing.icon ?? ''} ${thing.title}`.trim())}</h1>
<div class="card"><pre>${escapeHtml(content)}</pre><ul>${below.join('')}</ul></div>${connectionsOf(state, thing)}`,
  })
}

const activeGrants = (state: State): Grant[] => [...state.grants.values()].filter(({ isActive }) => isActive)

// What the menu ••• of a page offers under Connections.
function connectionsOf(state: State, thing: Thing): string {
  const { name } = notionApp(state.world)
  const forms = activeGrants(state)
    .filter(({ workspace }) => workspace === thing.workspace)
    .map((grant) => {
      const who = `${name} of ${accountName(state, grant)}`
      if (isShared(state, grant, thing) && !grant.shared.has(thing.id))
        return `<p class="soft">${escapeHtml(who)} sees this through ${escapeHtml(parentOf(state, thing)?.title ?? '')}.</p>`
      const verb = grant.shared.has(thing.id) ? 'Remove' : 'Add'
      return `<form method="post" action="${ORIGIN}/p/${thing.id}/connections"><input type="hidden" name="bot" value="${grant.botId}"><div class="actions"><button>${verb} ${escapeHtml(who)}</button></div></form>`
    })
  return forms.length > 0 ? `<div class="card"><h2>Connections</h2>${forms.join('')}</div>` : ''
}

function setShared(call: Call, state: State, name: string): Answer {
  const thing = named(state, name)
  const grant = state.grants.get(fields(call)?.bot ?? '')
  if (!thing || !grant?.isActive || grant.workspace !== thing.workspace) return missing()
  if (!grant.shared.delete(thing.id)) grant.shared.add(thing.id)
  return redirect(303, `${ORIGIN}/p/${thing.id}`)
}

function connections(state: State): Answer {
  const { name } = notionApp(state.world)
  const rows = activeGrants(state).map((grant) => {
    const who = escapeHtml(accountName(state, grant))
    const shared = [...grant.shared].flatMap((id) => state.things.get(id) ?? [])
    return `<form class="card" method="post" action="${ORIGIN}/connections"><input type="hidden" name="bot" value="${grant.botId}"><p><strong>${name}</strong> for ${who}</p><ul>${shared.map((thing) => `<li>${link(thing)}</li>`).join('')}</ul><div class="actions"><button>Disconnect ${name} of ${who}</button></div></form>`
  })
  return page(200, {
    title: 'My connections',
    body: `<h1>My connections</h1>${rows.join('') || '<p>No connections.</p>'}`,
  })
}

function disconnect(call: Call, state: State): Answer {
  const grant = state.grants.get(fields(call)?.bot ?? '')
  if (!grant?.isActive) return missing()
  endGrant(state, grant)
  return redirect(303, `${ORIGIN}/connections`)
}

function icon(name: string): Answer {
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="6" fill="#44403c"/><text x="20" y="27" font-family="sans-serif" font-size="18" fill="#fff" text-anchor="middle">${escapeHtml(name.slice(0, 1).toUpperCase())}</text></svg>`
  return {
    status: 200,
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" },
    body,
  }
}
