import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { isChannel, readChannelId } from './ids.ts'
import { channelLink, channelUrl } from './links.ts'
import { NextCursor, workspaceOf } from './shapes.ts'
import { plainText } from './text.ts'

const Said = z
  .object({ value: z.string() })
  .optional()
  .catch(undefined)
  .transform((said) => plainText(said?.value ?? ''))

/** What Slack says of a channel (docs.slack.dev/reference/objects/conversation-object). */
export const Channel = z.object({
  id: z.string(),
  name: z.string().optional(),
  is_private: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  is_member: z.boolean().optional(),
  is_im: z.boolean().optional(),
  is_mpim: z.boolean().optional(),
  num_members: z.number().optional().catch(undefined),
  topic: Said,
  purpose: Said,
  updated: z.number().optional().catch(undefined),
})
export type Channel = z.infer<typeof Channel>

/** Conversations between people are nobody else's: only channels are taken. */
export const isForMany = ({ id, name, is_im, is_mpim }: Pick<Channel, 'id' | 'name' | 'is_im' | 'is_mpim'>): boolean =>
  isChannel(id) && Boolean(name) && !is_im && !is_mpim

/** A channel as people write it. */
export const titleOfChannel = ({ name }: Pick<Channel, 'name'>): string => `#${name ?? ''}`

function toResource(api: Api, channel: Channel): Resource {
  const { id, topic, purpose, updated, num_members } = channel
  const isPrivate = channel.is_private ?? true // one whose privacy is not told is taken for private
  return {
    kind: 'channel',
    id,
    title: titleOfChannel(channel),
    url: channelUrl(workspaceOf(api), id),
    isPrivate,
    ...(updated ? { updatedAt: new Date(updated).toISOString() } : {}),
    ...(topic || purpose ? { excerpt: topic || purpose } : {}),
    body: {
      topic,
      purpose,
      ...(num_members === undefined ? {} : { members: num_members }),
      visibility: isPrivate ? 'private' : 'public',
      state: channel.is_archived ? 'archived' : 'active',
    },
  }
}

const List = z.object({ channels: z.array(Channel), response_metadata: NextCursor })

/** A page can be short, or empty, and still not be the last (docs.slack.dev/reference/methods/conversations.list). */
async function listPage(api: Api, limit: number, cursor?: string): Promise<{ found: Channel[]; next?: string }> {
  const types = 'public_channel,private_channel'
  const { channels, response_metadata: next } = await api('/conversations.list', {
    query: { types, exclude_archived: 'true', limit, cursor },
    schema: List,
  })
  return { found: channels.filter(isForMany), ...(next ? { next } : {}) }
}

const ENOUGH = 20
const MAX_PAGES = 3
/** Fewer, larger pages for a search: twenty calls a minute have to do for everybody. */
const SEARCHED = 999
const LISTED = 200

/** Slack has no search for channels: a name is found in the list. */
async function searchByName(api: Api, query: string, cursor?: string): Promise<Page> {
  const words = query.toLowerCase().replaceAll('#', '').split(/\s+/).filter(Boolean)
  const isMeant = ({ name = '' }: Channel) => words.every((word) => name.toLowerCase().includes(word))
  const items: Resource[] = []
  let at = cursor
  for (let pages = 0; pages < MAX_PAGES && items.length < ENOUGH; pages++) {
    const { found, next } = await listPage(api, SEARCHED, at)
    items.push(...found.filter(isMeant).map((channel) => toResource(api, channel)))
    at = next
    if (!at) break
  }
  return { items, ...(at ? { nextCursor: at } : {}) }
}

/** One channel. Throws ProviderFailure `not_found` also for a conversation between people. */
export async function findChannel(api: Api, id: string): Promise<Channel> {
  const { channel } = await api('/conversations.info', {
    query: { channel: readChannelId(id), include_num_members: 'true' },
    schema: z.object({ channel: Channel }),
  })
  if (!isForMany(channel)) throw new ProviderFailure('not_found')
  return channel
}

/** Joins a public channel that an admin turned on; into a private one Plugboard has to be invited. */
export async function join(api: Api, id: string): Promise<void> {
  const channel = await findChannel(api, id)
  if (channel.is_private || channel.is_member) return
  await api('/conversations.join', {
    method: 'POST',
    form: { channel: channel.id },
    schema: z.object({ channel: Channel }),
  })
}

export const channels: Reader = {
  kind: 'channel',
  name: 'Channel',
  children: ['message'],
  list: async (api, { cursor }) => {
    const { found, next } = await listPage(api, LISTED, cursor)
    return { items: found.map((channel) => toResource(api, channel)), ...(next ? { nextCursor: next } : {}) }
  },
  search: (api, query, { cursor }) => searchByName(api, query, cursor),
  read: async (api, id) => toResource(api, await findChannel(api, id)),
  match: channelLink,
}
