import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { type Channel, findChannel, titleOfChannel } from './channels.ts'
import { messageId, readChannelId, readMessageId } from './ids.ts'
import { messageLink, messageUrl } from './links.ts'
import { namesOf } from './people.ts'
import { search } from './search.ts'
import { NextCursor, workspaceOf } from './shapes.ts'
import { excerptOf, mentionedIn, type Names, plainText, titleOf, WORDLESS } from './text.ts'

// Apps that Slack has not reviewed get no more at once (docs.slack.dev/apis/web-api/rate-limits).
const PAGE = 15
const REPLIES_SHOWN = 3

const Text = z.string().optional().catch(undefined)
const Named = z.object({ name: Text }).optional().catch(undefined)

/** What Slack says of a message (docs.slack.dev/reference/events/message). */
const Message = z.object({
  ts: z.string(),
  thread_ts: Text,
  subtype: Text,
  user: Text,
  username: Text,
  bot_profile: Named,
  text: z.string().nullish().catch(undefined),
  attachments: z
    .array(z.object({ fallback: Text, text: Text }))
    .optional()
    .catch(undefined),
  files: z
    .array(z.object({ title: Text, name: Text }))
    .optional()
    .catch(undefined),
  reply_count: z.number().optional().catch(undefined),
})
type Message = z.infer<typeof Message>

const Messages = z.object({ messages: z.array(Message), response_metadata: NextCursor })

/** What was written; of a message without words, what is attached to it. */
function textOf({ text, attachments = [], files = [] }: Message): string {
  if (text) return text
  const attached = [...attachments.map((one) => one.text || one.fallback), ...files.map((one) => one.title || one.name)]
  return attached.filter(Boolean).join('\n')
}

const authorOf = ({ user = '', username, bot_profile }: Message, names: Names): string =>
  names.get(user) ?? username ?? bot_profile?.name ?? ''

const peopleIn = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) => [...(message.user ? [message.user] : []), ...mentionedIn(textOf(message))])

const timeOf = (ts: string): string => new Date(Number(ts) * 1000).toISOString()

type Place = { api: Api; channel: Channel; names: Names }

function toResource({ api, channel, names }: Place, message: Message): Resource | null {
  const { ts, thread_ts: thread } = message
  const name = { channel: channel.id, ts, ...(thread === undefined ? {} : { thread }) }
  const id = messageId(name)
  if (!id) return null
  const text = plainText(textOf(message), names)
  const author = authorOf(message, names)
  return {
    kind: 'message',
    id,
    title: titleOf(text) || WORDLESS,
    url: messageUrl(workspaceOf(api), name),
    parent: channel.id,
    container: titleOfChannel(channel),
    containerId: channel.id,
    isPrivate: channel.is_private ?? true, // as the channel itself
    updatedAt: timeOf(ts),
    ...excerptOf(text),
    body: { author, text, sentAt: timeOf(ts), replies: message.reply_count ?? 0 },
  }
}

// Slack writes these itself when somebody comes or goes.
const isSaid = ({ subtype }: Message): boolean => !/^(?:channel|group)_(?:join|leave)$/.test(subtype ?? '')

/** The history of a channel, newest first. */
async function list(api: Api, { parent, cursor }: { parent?: string; cursor?: string }): Promise<Page> {
  if (!parent) return { items: [] }
  const query = { channel: readChannelId(parent), limit: PAGE, cursor }
  const [channel, page] = await Promise.all([
    findChannel(api, parent),
    api('/conversations.history', { query, schema: Messages }),
  ])
  const said = page.messages.filter(isSaid)
  const names = await namesOf(api, peopleIn(said))
  const next = page.response_metadata
  return {
    items: said.flatMap((message) => toResource({ api, channel, names }, message) ?? []),
    ...(next ? { nextCursor: next } : {}),
  }
}

/**
 * A message with the first answers to it: both come by one call, also for a message that nobody has answered
 * (docs.slack.dev/reference/methods/conversations.replies). An answer is found in its thread, from itself on.
 */
async function read(api: Api, id: string): Promise<Resource> {
  const { channel: where, ts, thread } = readMessageId(id)
  const from = thread === undefined ? {} : { oldest: ts, inclusive: 'true' }
  const query = { channel: where, ts: thread ?? ts, limit: PAGE, ...from }
  const [channel, { messages }] = await Promise.all([
    findChannel(api, where),
    api('/conversations.replies', { query, schema: Messages }),
  ])
  const message = messages.find((one) => one.ts === ts)
  if (!message) throw new ProviderFailure('not_found')
  const isAnswer = thread !== undefined || (message.thread_ts ?? ts) !== ts
  const answers = isAnswer ? [] : messages.filter((one) => one.ts !== ts).slice(0, REPLIES_SHOWN)
  const names = await namesOf(api, peopleIn([message, ...answers]))
  const resource = toResource({ api, channel, names }, message)
  if (!resource) throw new ProviderFailure('not_found')
  const first = answers.map((one) => ({
    author: authorOf(one, names),
    text: plainText(textOf(one), names),
    sentAt: timeOf(one.ts),
  }))
  return { ...resource, id, body: { ...resource.body, firstReplies: first } }
}

export const messages: Reader = {
  kind: 'message',
  name: 'Message',
  list,
  search,
  searchOnDemand: true, // 20 requests a minute
  searchOption: 'message_search',
  read,
  match: messageLink,
}
