import { parseJson } from '#sandbox/http.ts'
import { type Context, isMember, isOn, Refusal, required, requireScope, visibleChannel } from './access.ts'
import { countPost } from './limits.ts'
import { messageShape } from './shapes.ts'
import { type Channel, type Message, newTs, slackApp } from './state.ts'

const LONGEST_TEXT = 40_000

/** chat.postMessage */
export function postMessage(context: Context): object {
  const { caller, args, state } = context
  requireScope(caller, 'chat:write')
  const channel = visibleChannel(context, required(args, 'channel'))
  const isOpen = !channel.isPrivate && caller.scopes.includes('chat:write.public')
  if (channel.isArchived) throw new Refusal('is_archived')
  if (!isMember(caller, channel) && !isOpen) throw new Refusal('not_in_channel')
  const blocks = listOf(args.blocks, 'invalid_blocks_format')
  const attachments = listOf(args.attachments, 'invalid_attachments')
  if (!args.text && !blocks && !attachments) throw new Refusal('no_text')
  const parent = args.thread_ts === undefined ? null : parentOf(channel, args.thread_ts)
  countPost(state, channel)
  const isBot = caller.token.kind === 'bot'
  const app = slackApp(state.world)
  const message: Message = {
    ts: newTs(channel, state.world.clock.now()),
    user: caller.person.id,
    text: (args.text ?? '').slice(0, LONGEST_TEXT),
    threadTs: parent?.ts ?? null,
    bot: isBot ? { id: caller.installation.botId, appId: app.id, name: app.name } : null,
    more: {
      ...(blocks && { blocks }),
      ...(attachments && { attachments }),
      ...(parent && isOn(args.reply_broadcast) && { subtype: 'thread_broadcast' }),
    },
  }
  if (parent) parent.threadTs = parent.ts
  channel.messages.push(message)
  return { channel: channel.id, ts: message.ts, message: messageShape(caller.workspace, channel, message) }
}

function listOf(text: string | undefined, error: string): unknown[] | null {
  if (text === undefined || text === '') return null
  const value = parseJson(text)
  if (!Array.isArray(value)) throw new Refusal(error)
  return value.length > 0 ? value : null
}

function parentOf(channel: Channel, ts: string): Message {
  const named = channel.messages.find((message) => message.ts === ts)
  const parent = channel.messages.find((message) => message.ts === (named?.threadTs ?? named?.ts))
  if (!parent) throw new Refusal('thread_not_found')
  return parent
}
