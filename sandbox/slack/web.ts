import { type Answer, type Call, fields, redirect } from '#sandbox/http.ts'
import { escapeHtml, page } from '#sandbox/page.ts'
import { avatar, installedPage, noPage, pages } from '#sandbox/pages.ts'
import { addMember } from './conversations.ts'
import { removeApp } from './ending.ts'
import { type Channel, micros, personOf, type State, slackApp, type Workspace } from './state.ts'

const APPS = '/slack-web/apps/manage'
const missing = (): Answer => noPage('There’s been a glitch')

/** The pages of slack.com that answers link to. Signing in is not simulated: public channels show their messages. */
export const showPage = pages<State>(
  {
    'GET /avatars/{id}': (_call, { id = '' }, { workspaces }) =>
      avatar(
        id,
        workspaces.flatMap((workspace) => [workspace, ...workspace.people]).find((one) => one.id === id)?.name,
      ),
    'GET /apps/manage': (_call, _params, state) => installedApps(state),
    'POST /apps/manage': (call, _params, state) => removeInstalled(call, state),
    'POST /archives/{channel}/invite': (_call, { channel = '' }, state) => invite(state, channel),
    'GET /archives/{channel}': (_call, { channel = '' }, state) => conversation(state, channel),
    'GET /archives/{channel}/{message}': (_call, { channel = '' }, state) => conversation(state, channel),
  },
  missing,
)

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

function installedApps({ world, workspaces, installations }: State): Answer {
  const places = workspaces.filter(({ id }) => installations.has(id))
  return installedPage({ app: slackApp(world).name, action: APPS, field: 'team', verb: 'Remove', places })
}

function removeInstalled(call: Call, state: State): Answer {
  const installation = state.installations.get(fields(call)?.team ?? '')
  if (!installation) return missing()
  removeApp(state, installation)
  return redirect(303, APPS)
}
