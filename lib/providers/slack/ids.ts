import { ProviderFailure } from '#lib/providers/api.ts'

// A channel or a message; direct messages (`D...`) are nobody's but those who write them, so they have no id here.
const CHANNEL = /^[CG][A-Z0-9]{6,30}$/
// `ts` names a message inside its channel; it is a text, never a number (docs.slack.dev/reference/events/message).
const TS = /^\d{10}\.\d{1,6}$/

/** A message by its channel and its `ts`; `thread` is the `ts` of the message it answers. */
export type MessageName = { channel: string; ts: string; thread?: string }

/** Whether a text is the id of a channel. */
export const isChannel = (id: string): boolean => CHANNEL.test(id)

/** A channel's id is Slack's own. Throws ProviderFailure `not_found` for anything else. */
export function readChannelId(id: string): string {
  if (!CHANNEL.test(id)) throw new ProviderFailure('not_found')
  return id
}

/** The id of a message; null when the parts, which came from outside, cannot name one. */
export function messageId({ channel, ts, thread }: MessageName): string | null {
  if (!CHANNEL.test(channel) || !TS.test(ts)) return null
  const isReply = thread !== undefined && thread !== ts && TS.test(thread)
  return [channel, ts, ...(isReply ? [thread] : [])].join('~')
}

/** The message that an id names. Throws ProviderFailure `not_found` for an id that is none of ours. */
export function readMessageId(id: string): MessageName {
  const [channel = '', ts = '', thread, ...rest] = id.split('~')
  const name = { channel, ts, ...(thread === undefined ? {} : { thread }) }
  if (rest.length > 0 || messageId(name) !== id) throw new ProviderFailure('not_found')
  return name
}
