import { z } from 'zod'
import type { Page, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { findChannel, isForMany, titleOfChannel } from './channels.ts'
import { messageId } from './ids.ts'
import { WebUrl } from './shapes.ts'
import { excerptOf, plainText, titleOf, WORDLESS } from './text.ts'

const PER_PAGE = 20
const LAST_PAGE = 100

const Text = z.string().optional().catch(undefined)
const Match = z.object({
  channel: z.object({
    id: z.string(),
    name: z.string().optional(),
    is_private: z.boolean().optional(),
    is_im: z.boolean().optional(),
    is_mpim: z.boolean().optional(),
  }),
  ts: z.string(),
  text: z.string().nullish(),
  username: Text,
  permalink: WebUrl,
})
type Match = z.infer<typeof Match>
const Found = z.object({
  messages: z.object({ matches: z.array(Match), paging: z.object({ page: z.number(), pages: z.number() }) }),
})

/** The thread of an answer stands in its address only. */
function idOf({ channel, ts, permalink }: Match): string | null {
  const thread = new URL(permalink).searchParams.get('thread_ts')
  return messageId({ channel: channel.id, ts, ...(thread === null ? {} : { thread }) })
}

function toResource(match: Match): Resource | null {
  const { channel, ts, permalink, username = '' } = match
  const id = idOf(match)
  if (!id || !isForMany(channel)) return null
  const text = plainText(match.text ?? '')
  const sentAt = new Date(Number(ts) * 1000).toISOString()
  return {
    kind: 'message',
    id,
    title: titleOf(text) || WORDLESS,
    url: permalink,
    parent: channel.id,
    container: titleOfChannel(channel),
    containerId: channel.id,
    // one whose privacy is not told is taken for private
    isPrivate: channel.is_private ?? true,
    updatedAt: sentAt,
    ...excerptOf(text),
    body: { author: username, text, sentAt },
  }
}

const pageOf = (cursor = ''): number =>
  /^\d{1,3}$/.test(cursor) ? Math.min(Math.max(Number(cursor), 1), LAST_PAGE) : 1

async function narrowed(api: Api, query: string, parent: string | undefined): Promise<string> {
  if (parent === undefined) return query
  const { name = '' } = await findChannel(api, parent)
  return `${query} in:${name}`
}

/**
 * Messages that the person who connected can find at Slack: an app has no search of its own
 * (docs.slack.dev/reference/methods/search.messages). Conversations between people are left out; every other hit names its
 * channel, so that only those of channels that are allowed on boards are shown.
 */
export async function search(api: Api, query: string, at: { parent?: string; cursor?: string }): Promise<Page> {
  const { messages } = await api('/search.messages', {
    query: {
      query: await narrowed(api, query, at.parent),
      sort: 'timestamp',
      sort_dir: 'desc',
      count: PER_PAGE,
      page: pageOf(at.cursor),
    },
    schema: Found,
    asSecond: true,
  })
  const { page, pages } = messages.paging
  const more = page < Math.min(pages, LAST_PAGE) ? { nextCursor: String(page + 1) } : {}
  return { items: messages.matches.flatMap((match) => toResource(match) ?? []), ...more }
}
