import { type Context, isMember, isOn, Refusal, required, requireScope, visibleChannel } from './access.ts'
import { limitOf, pageOf } from './paging.ts'
import { channelShape } from './shapes.ts'
import { type Channel, micros, newTs } from './state.ts'

const SCOPE_OF: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
}

/** The channels of the types asked for that the caller may know of. Nobody has direct messages here. */
function asked({ caller, args }: Context): Channel[] {
  const types = (args.types || 'public_channel').split(',').map((type) => type.trim())
  for (const type of types) {
    const scope = SCOPE_OF[type]
    if (scope === undefined) throw new Refusal('invalid_types')
    requireScope(caller, scope)
  }
  return caller.workspace.channels
    .filter((channel) => types.includes(channel.isPrivate ? 'private_channel' : 'public_channel'))
    .filter((channel) => !channel.isPrivate || isMember(caller, channel))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

// Filters apply after a page is cut: it may come short, or empty, and still not be the last one.
function listed(context: Context, channels: readonly Channel[]): { channels: Channel[]; next: string } {
  const { shown, next } = pageOf(context.args, channels, {
    kind: 'team',
    keyOf: ({ id }) => id,
    limit: limitOf(context.args, 100, 999),
  })
  const channelsShown = isOn(context.args.exclude_archived) ? shown.filter(({ isArchived }) => !isArchived) : shown
  return { channels: channelsShown, next }
}

/** conversations.list */
export function listConversations(context: Context): object {
  const { channels, next } = listed(context, asked(context))
  return {
    channels: channels.map((channel) => ({
      ...channelShape(context.caller, channel),
      num_members: channel.members.length,
    })),
    response_metadata: { next_cursor: next },
  }
}

/** users.conversations: those that the caller is in. */
export function listOwnConversations(context: Context): object {
  const own = asked(context).filter((channel) => isMember(context.caller, channel))
  const { channels, next } = listed(context, own)
  return {
    channels: channels.map((channel) => {
      const { is_member: _, updated: __, ...rest } = channelShape(context.caller, channel)
      return rest
    }),
    response_metadata: { next_cursor: next },
  }
}

/** conversations.info */
export function showConversation(context: Context): object {
  requireScope(context.caller, 'channels:read', 'groups:read', 'mpim:read', 'im:read')
  required(context.args, 'channel')
  const channel = visibleChannel(context)
  requireScope(context.caller, channel.isPrivate ? 'groups:read' : 'channels:read')
  const last = channel.messages.toSorted((a, b) => micros(a.ts) - micros(b.ts)).at(-1)
  return {
    channel: {
      ...channelShape(context.caller, channel),
      is_read_only: false,
      parent_conversation: null,
      ...(isOn(context.args.include_locale) && { locale: 'en-US' }),
      ...(isMember(context.caller, channel) && { last_read: last?.ts ?? '0000000000.000000' }),
      ...(isOn(context.args.include_num_members) && { num_members: channel.members.length }),
    },
  }
}

/** conversations.members */
export function listMembers(context: Context): object {
  requireScope(context.caller, 'channels:read', 'groups:read', 'mpim:read', 'im:read')
  const channel = visibleChannel(context, required(context.args, 'channel'))
  requireScope(context.caller, channel.isPrivate ? 'groups:read' : 'channels:read')
  const limit = limitOf(context.args, 100, 999)
  const { shown, next } = pageOf(context.args, channel.members, { kind: 'user_id', keyOf: (id) => id, limit })
  return { members: shown, response_metadata: { next_cursor: next } }
}

/** Puts somebody into a channel, which the channel tells. */
export function addMember(channel: Channel, userId: string, atMs: number): void {
  channel.members.push(userId)
  const ts = newTs(channel, atMs)
  channel.messages.push({
    ts,
    user: userId,
    text: `<@${userId}> has joined the channel`,
    threadTs: null,
    bot: null,
    more: { subtype: 'channel_join' },
  })
}

/** conversations.join: public channels only. */
export function joinConversation(context: Context): object {
  const { caller, state } = context
  requireScope(caller, caller.token.kind === 'bot' ? 'channels:join' : 'channels:write')
  const channel = visibleChannel(context, required(context.args, 'channel'))
  if (channel.isPrivate) throw new Refusal('method_not_supported_for_channel_type')
  if (channel.isArchived) throw new Refusal('is_archived')
  const wasIn = isMember(caller, channel)
  if (!wasIn) addMember(channel, caller.person.id, state.world.clock.now())
  const { updated: _, ...shape } = channelShape(caller, channel)
  if (!wasIn) return { channel: shape }
  return {
    channel: shape,
    warning: 'already_in_channel',
    response_metadata: { warnings: ['already_in_channel'] },
  }
}
