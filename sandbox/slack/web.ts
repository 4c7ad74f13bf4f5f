import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { type Route, router } from '#sandbox/route.ts'
import { addMember } from './conversations.ts'
import { removeApp } from './ending.ts'
import { type Channel, micros, personOf, type State, slackApp, type Workspace } from './state.ts'

type Page = Route<State, null>['handler']

const at = (method: string, pattern: string, handler: Page): Route<State, null> => ({
  method,
  pattern,
  handler,
  about: null,
})

const find = router([
  at('GET', '/avatars/{id}', (_call, { id = '' }, state) => avatar(state, id)),
  at('GET', '/apps/manage', (_call, _params, state) => installedApps(state)),
  at('POST', '/apps/manage', (call, _params, state) => removeInstalled(call, state)),
  at('POST', '/archives/{channel}/invite', (_call, { channel = '' }, state) => invite(state, channel)),
  at('GET', '/archives/{channel}', (_call, { channel = '' }, state) => conversation(state, channel)),
  at('GET', '/archives/{channel}/{message}', (_call, { channel = '' }, state) => conversation(state, channel)),
])

/** The pages of slack.com that answers link to. Signing in is not simulated: public channels show their messages. */
export function showPage(call: Call, state: State): Answer | Promise<Answer> {
  const found = find(call.method, call.rest)
  return found ? found.handler(call, found.params, state) : missing()
}

const missing = (): Answer =>
  page(404, { title: 'There’s been a glitch', body: '<h1>404</h1><p>There is no such page here.</p>' })

function located(state: State, id: string): { workspace: Workspace; channel: Channel } | null {
  for (const workspace of state.workspaces) {
    const channel = workspace.channels.find((one) => one.id === id)
    if (channel) return { workspace, channel }
  }
  return null
}

function conversation(state: State, id: string): Answer {
  const found = located(state, id)
  if (!found) return missing()
  const { workspace, channel } = found
  const title = channel.isPrivate ? 'A private channel' : `#${channel.name}`
  const said = channel.messages
    .toSorted((a, b) => micros(a.ts) - micros(b.ts))
    .slice(-30)
    .map((message) => {
      const who = message.bot?.name ?? personOf(workspace, message.user)?.name ?? 'Somebody'
      const when = new Date(micros(message.ts) / 1000).toISOString().slice(0, 16).replace('T', ' ')
      return `<li id="p${message.ts.replace('.', '')}"><strong>${escapeHtml(who)}</strong> <span class="soft">${when}</span><br>${escapeHtml(message.text)}</li>`
    })
  const list = channel.isPrivate ? '<p>Only its members see what is in it.</p>' : `<ul>${said.join('')}</ul>`
  return page(200, {
    title: `${title} · ${workspace.name}`,
    isWide: true,
    body: `<h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(workspace.name)}${channel.isArchived ? ' · archived' : ''}</p><div class="card">${list}</div>${inviteForm(state, workspace, channel)}`,
  })
}

// What `/invite @Plugboard` does in the app.
function inviteForm(state: State, workspace: Workspace, channel: Channel): string {
  const installation = state.installations.get(workspace.id)
  const { name } = slackApp(state.world)
  if (!installation?.isBotActive || channel.isArchived) return ''
  if (channel.members.includes(installation.botUserId)) return `<p class="soft">@${name} is in this channel.</p>`
  return `<form method="post" action="/slack-web/archives/${channel.id}/invite"><div class="actions"><button>Invite @${name}</button></div></form>`
}

function invite(state: State, id: string): Answer {
  const found = located(state, id)
  const installation = found && state.installations.get(found.workspace.id)
  if (!found || !installation) return missing()
  const { channel } = found
  if (!channel.members.includes(installation.botUserId))
    addMember(channel, installation.botUserId, state.world.clock.now())
  return redirect(303, `/slack-web/archives/${channel.id}`)
}

function installedApps(state: State): Answer {
  const { name } = slackApp(state.world)
  const rows = state.workspaces
    .filter(({ id }) => state.installations.has(id))
    .map(
      (workspace) =>
        `<form class="card" method="post" action="/slack-web/apps/manage"><input type="hidden" name="team" value="${workspace.id}"><p><strong>${name}</strong> in ${escapeHtml(workspace.name)}</p><div class="actions"><button>Remove ${name} from ${escapeHtml(workspace.name)}</button></div></form>`,
    )
  return page(200, {
    title: 'Installed apps',
    body: `<h1>Installed apps</h1>${rows.join('') || '<p>No apps are installed.</p>'}`,
  })
}

function removeInstalled(call: Call, state: State): Answer {
  const installation = state.installations.get(fields(call)?.team ?? '')
  if (!installation) return missing()
  removeApp(state, installation)
  return redirect(303, '/slack-web/apps/manage')
}

function avatar({ workspaces }: State, id: string): Answer {
  const named = workspaces.flatMap((workspace) => [workspace, ...workspace.people]).find((one) => one.id === id)
  const hue = [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 360
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="hsl(${hue} 45% 40%)"/><text x="20" y="27" font-family="sans-serif" font-size="18" fill="#fff" text-anchor="middle">${escapeHtml((named?.name ?? '?').slice(0, 1).toUpperCase())}</text></svg>`
  return {
    status: named ? 200 : 404,
    headers: { 'content-type': 'image/svg+xml', 'content-security-policy': "default-src 'none'" },
    body,
  }
}
