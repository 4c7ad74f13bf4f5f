import { type Args, type Context, isOn, Refusal, readableChannel, required, visibleChannel } from './access.ts'
import { messagesPerPage } from './limits.ts'
import { limitOf, pageOf } from './paging.ts'
import { messageShape, permalink } from './shapes.ts'
import { type Channel, type Message, micros } from './state.ts'

const TS = /^\d{1,11}(\.\d{1,6})?$/

/** The messages between `oldest` and `latest`, which count themselves only with `inclusive`. */
function between(args: Args, messages: readonly Message[]): Message[] {
  const { oldest = '0', latest } = args
  if (!TS.test(oldest)) throw new Refusal('invalid_ts_oldest')
  if (latest !== undefined && !TS.test(latest)) throw new Refusal('invalid_ts_latest')
  const [from, to] = [micros(oldest), latest === undefined ? Number.POSITIVE_INFINITY : micros(latest)]
  return messages.filter(({ ts }) => {
    const at = micros(ts)
    return (at > from && at < to) || (isOn(args.inclusive) && (at === from || at === to))
  })
}

// An app outside the Marketplace gets 15 messages at most, whatever it asks for.
function pageLimit({ state, args }: Context, method: string, otherwise: number): number {
  const most = messagesPerPage(state, method)
  return Math.min(limitOf(args, most ?? otherwise, otherwise === 1000 ? 1000 : 999), most ?? Number.POSITIVE_INFINITY)
}

function answered(context: Context, channel: Channel, messages: readonly Message[], limit: number): object {
  const { shown, next } = pageOf(context.args, messages, {
    kind: 'next_ts',
    keyOf: ({ ts }) => ts.replace('.', ''),
    limit,
  })
  return {
    ...(context.args.latest !== undefined && { latest: context.args.latest }),
    ...(context.args.oldest !== undefined && { oldest: context.args.oldest }),
    messages: shown.map((message) => messageShape(context.caller.workspace, channel, message)),
    has_more: next !== '',
    ...(next !== '' && { response_metadata: { next_cursor: next } }),
  }
}

/** conversations.history: the newest first, without the replies of threads. */
export function showHistory(context: Context): object {
  required(context.args, 'channel')
  const channel = readableChannel(context)
  const top = channel.messages.filter(
    ({ ts, threadTs, more }) => threadTs === null || threadTs === ts || more.subtype === 'thread_broadcast',
  )
  const newestFirst = between(context.args, top).toSorted((a, b) => micros(b.ts) - micros(a.ts))
  return {
    ...answered(context, channel, newestFirst, pageLimit(context, 'conversations.history', 100)),
    pin_count: 0,
  }
}

/** conversations.replies: a thread, its parent first; any message of it names it. */
export function showReplies(context: Context): object {
  required(context.args, 'channel')
  const ts = required(context.args, 'ts')
  const channel = readableChannel(context)
  const named = channel.messages.find((message) => message.ts === ts)
  if (!named || named.more.subtype === 'channel_join') throw new Refusal('thread_not_found')
  const parent = named.threadTs ?? named.ts
  const thread = channel.messages.filter((message) => message.ts === parent || message.threadTs === parent)
  const oldestFirst = between(context.args, thread).toSorted((a, b) => micros(a.ts) - micros(b.ts))
  return answered(context, channel, oldestFirst, pageLimit(context, 'conversations.replies', 1000))
}

/** chat.getPermalink */
export function showPermalink(context: Context): object {
  const channel = visibleChannel(context, required(context.args, 'channel'))
  const ts = required(context.args, 'message_ts')
  if (!channel.messages.some((message) => message.ts === ts)) throw new Refusal('message_not_found')
  return { channel: channel.id, permalink: permalink(context.state, channel, ts) }
}
