import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refused } from '#sandbox/provider.ts'
import { knownWorkspace } from './control.ts'
import { parsed } from './control-input.ts'
import { deliver, envelope, type Happening, type Sending, type Sent, secondsNow } from './events.ts'
import { type Channel, channelOf, type Installation, type State, slackApp, type Workspace } from './state.ts'

/**
 * What to send to the app's request URL. `event` is the inner type, or url_verification, or app_rate_limited; `fields`
 * are added to it. forged: signed with another secret · unsigned: no signature · repeated: twice the same, as a retry ·
 * replayed: the same bytes ten minutes old · late: about something an hour ago, signed now.
 */
const Webhook = z.strictObject({
  event: z.string().default('message'),
  workspace: z.string().default('acme-corp'),
  channel: z.string().default('engineering'),
  mode: z.enum(['signed', 'forged', 'unsigned', 'repeated', 'replayed', 'late']).default('signed'),
  secret: z.string().optional(),
  fields: z.record(z.string(), z.unknown()).default({}),
  /** The whole body in place of an event's. */
  payload: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  /** The second it says it was sent, in place of the clock's. */
  timestamp: z.number().int().optional(),
})

/** POST /__sandbox/webhooks/slack; answers what the app said to each delivery. */
export async function sendWebhook(state: State, input: unknown): Promise<unknown> {
  const { event, workspace: domain, channel: name, mode, secret, fields, payload, timestamp } = parsed(Webhook, input)
  const workspace = knownWorkspace(state, domain)
  const channel = channelOf(workspace, name)
  if (!channel) throw new Refused(`no channel ${name} in ${domain}`)
  const ageSeconds = mode === 'late' ? 3600 : 0
  const inner = { ...innerEvent(state, workspace, channel, event), ...fields }
  const said = payload ?? bodyOf(state, workspace, inner, ageSeconds)
  const body = typeof said === 'string' ? said : JSON.stringify(said)
  const key = secret ?? slackApp(state.world).signingSecret
  const sign = mode === 'forged' ? `not ${key}` : mode === 'unsigned' ? null : key
  const first: Sending = { body, secret: sign, ...(timestamp !== undefined && { timestamp }) }
  const sent: Sent[] = [await deliver(state, first)]
  if (mode === 'repeated')
    sent.push(
      await deliver(state, {
        ...first,
        headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
      }),
    )
  if (mode === 'replayed') sent.push(await deliver(state, { ...first, timestamp: secondsNow(state) - 600 }))
  return { deliveries: sent }
}

function bodyOf(state: State, workspace: Workspace, inner: Happening, ageSeconds: number): object {
  const app = slackApp(state.world)
  if (inner.type === 'url_verification')
    return { token: app.verificationToken, challenge: randomBytes(26).toString('hex'), type: inner.type }
  if (inner.type === 'app_rate_limited') {
    const minute = Math.floor(state.world.clock.now() / 60_000) * 60
    const about = { team_id: workspace.id, minute_rate_limited: minute, api_app_id: app.id }
    return { token: app.verificationToken, type: inner.type, ...about }
  }
  return envelope(state, installationOf(state, workspace), inner, ageSeconds)
}

// An app that was just removed is still told so.
const installationOf = (state: State, workspace: Workspace): Installation =>
  state.installations.get(workspace.id) ?? {
    teamId: workspace.id,
    installedBy: '',
    botUserId: workspace.people.find(({ isBot, login }) => isBot && login === 'plugboard')?.id ?? 'USLACKBOT',
    botId: '',
    isBotActive: false,
    botScopes: [],
    userScopes: new Map(),
  }

/** What an event of a type says about a channel (docs.slack.dev/reference/events). */
function innerEvent(state: State, workspace: Workspace, channel: Channel, type: string): Happening {
  const { id, name, creator } = channel
  const [person] = workspace.people
  const last = channel.messages.at(-1)
  const bot = installationOf(state, workspace).botUserId
  const created = Math.floor(state.world.clock.now() / 1000)
  switch (type) {
    case 'message':
      return {
        type,
        channel: id,
        user: last?.user ?? creator,
        text: last?.text ?? '',
        ts: last?.ts ?? `${created}.000100`,
        team: workspace.id,
        event_ts: last?.ts ?? `${created}.000100`,
        channel_type: channel.isPrivate ? 'group' : 'channel',
      }
    case 'channel_created':
      return { type, channel: { id, name, created, creator } }
    case 'channel_rename':
      return { type, channel: { id, name, created } }
    case 'channel_archive':
    case 'channel_unarchive':
      return { type, channel: id, user: person?.id }
    case 'channel_deleted':
      return { type, channel: id }
    case 'member_joined_channel':
      return { type, user: bot, channel: id, channel_type: 'C', team: workspace.id, inviter: person?.id }
    case 'tokens_revoked':
      return { type, tokens: { oauth: [], bot: [bot] } }
    default:
      return { type }
  }
}
