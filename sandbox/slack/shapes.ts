import type { Caller } from './access.ts'
import { isMember } from './access.ts'
import { type Channel, type Message, type Person, type State, slackApp, type Workspace } from './state.ts'

/** The address of slack.com, which stands for the sub-domains of the workspaces too. */
export const webUrl = (state: State): string => `${state.world.url}/slack-web`

const HUES = ['9f69e7', '4bbe2e', 'e7392d', '3c989f', '674b1b', 'e96699', 'e0a729', '684b6c']

/** A message's address. */
export const permalink = (state: State, channel: Channel, ts: string): string =>
  `${webUrl(state)}/archives/${channel.id}/p${ts.replace('.', '')}`

const text = (value: string, creator: string, createdAt: number) => ({
  value,
  creator: value === '' ? '' : creator,
  last_set: value === '' ? 0 : createdAt,
})

/** A channel as lists show it (docs.slack.dev/reference/objects/conversation-object). */
export function channelShape(caller: Caller, channel: Channel) {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    created: channel.createdAt,
    creator: channel.creator,
    is_archived: channel.isArchived,
    is_general: channel.isGeneral,
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    pending_shared: [],
    is_pending_ext_shared: false,
    is_member: isMember(caller, channel),
    is_private: channel.isPrivate,
    is_mpim: false,
    updated: channel.updatedAt,
    topic: text(channel.topic, channel.creator, channel.createdAt),
    purpose: text(channel.purpose, channel.creator, channel.createdAt),
    previous_names: channel.formerNames,
  }
}

/** A message as history shows it; a parent tells about its replies. */
export function messageShape(workspace: Workspace, channel: Channel, message: Message) {
  const { ts, user, threadTs, bot, more } = message
  const replies = threadTs === ts ? channel.messages.filter((one) => one.threadTs === ts && one.ts !== ts) : []
  const parent = threadTs !== null && threadTs !== ts && channel.messages.find((one) => one.ts === threadTs)
  const last = replies.at(-1)
  return {
    type: 'message',
    user,
    text: message.text,
    ts,
    team: workspace.id,
    ...(bot && { bot_id: bot.id, app_id: bot.appId, bot_profile: botProfile(workspace, bot) }),
    ...(threadTs !== null && { thread_ts: threadTs }),
    ...(parent && { parent_user_id: parent.user }),
    ...(last && {
      reply_count: replies.length,
      reply_users_count: new Set(replies.map((one) => one.user)).size,
      reply_users: [...new Set(replies.map((one) => one.user))],
      latest_reply: last.ts,
      is_locked: false,
      subscribed: false,
    }),
    ...more,
  }
}

const botProfile = ({ id }: Workspace, bot: NonNullable<Message['bot']>) => ({
  id: bot.id,
  app_id: bot.appId,
  name: bot.name,
  deleted: false,
  updated: 1_772_000_000,
  team_id: id,
})

/** A person; `showsEmail` needs scope `users:read.email`. */
export function personShape(state: State, workspace: Workspace, person: Person, showsEmail: boolean) {
  const [first = '', ...rest] = person.name.split(' ')
  const index = workspace.people.indexOf(person)
  const image = (size: number | string) => `${webUrl(state)}/avatars/${person.id}?size=${size}`
  const profile = {
    title: person.title,
    phone: '',
    real_name: person.name,
    real_name_normalized: person.name,
    display_name: person.login,
    display_name_normalized: person.login,
    first_name: first,
    last_name: rest.join(' '),
    status_text: '',
    status_emoji: '',
    avatar_hash: `g${person.id.slice(-8).toLowerCase()}`,
    ...Object.fromEntries([24, 32, 48, 72, 192, 512].map((size) => [`image_${size}`, image(size)])),
    team: workspace.id,
    ...(showsEmail && !person.isBot && { email: person.email }),
    ...(person.isBot && { api_app_id: slackApp(state.world).id, bot_id: `B${person.id.slice(1)}` }),
  }
  const base = {
    id: person.id,
    team_id: workspace.id,
    name: person.login,
    deleted: person.isDeleted,
    profile,
    is_bot: person.isBot,
    is_app_user: false,
    updated: 1_772_000_000,
  }
  if (person.isDeleted) return base
  return {
    ...base,
    color: HUES[index % HUES.length],
    real_name: person.name,
    tz: 'Europe/Amsterdam',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    is_admin: person.isAdmin,
    is_owner: person.isAdmin && index === 0,
    is_primary_owner: person.isAdmin && index === 0,
    is_restricted: false,
    is_ultra_restricted: false,
    has_2fa: true,
  }
}
