import { createHash } from 'node:crypto'
import { type Args, type Caller, type Context, isMember, Refusal, requireScope } from './access.ts'
import { cursorKey } from './paging.ts'
import { permalink } from './shapes.ts'
import { type Channel, type Message, micros, personOf, type State } from './state.ts'

type Hit = { channel: Channel; message: Message; score: number }
const MOST = 100

/** search.messages: what the person of a user token can see in the app. */
export function searchMessages(context: Context): object {
  const { caller, args, state } = context
  requireScope(caller, 'search:read')
  const query = args.query?.trim()
  if (!query) throw new Refusal('No query passed')
  const count = Math.min(whole(args.count, 20), MOST)
  const mark = args.cursor === undefined || args.cursor === '*' ? null : cursorKey(args, 'page')
  if (mark !== null && !/^\d{1,3}$/.test(mark)) throw new Refusal('invalid_cursor')
  const page = Math.min(whole(mark ?? args.page, 1), MOST)
  const hits = sorted(find(caller, query), args)
  const total = hits.length
  const pages = Math.ceil(total / count)
  const shown = hits.slice((page - 1) * count, page * count)
  const next = page < pages ? Buffer.from(`page:${page + 1}`).toString('base64') : ''
  return {
    query,
    messages: {
      total,
      pagination: {
        total_count: total,
        page,
        per_page: count,
        page_count: pages,
        first: shown.length === 0 ? 0 : (page - 1) * count + 1,
        last: (page - 1) * count + shown.length,
      },
      paging: { count, total, page, pages },
      matches: shown.map((hit) => matchShape(state, caller, hit)),
    },
    ...(args.cursor !== undefined && { response_metadata: { next_cursor: next } }),
  }
}

const whole = (text: string | undefined, otherwise: number): number =>
  text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : otherwise

function find(caller: Caller, query: string): Hit[] {
  const parts = query.match(/-?"[^"]*"|\S+/g) ?? []
  const tests = parts.map((part) => testOf(caller, part))
  return caller.workspace.channels
    .filter((channel) => !channel.isPrivate || isMember(caller, channel))
    .flatMap((channel) =>
      channel.messages
        .filter(({ more }) => more.subtype !== 'channel_join')
        .map((message) => {
          const found = tests.map((test) => test(channel, message))
          return { channel, message, score: found.includes(0) ? 0 : found.reduce((sum, one) => sum + one, 1) }
        }),
    )
    .filter(({ score }) => score > 0)
}

type Test = (channel: Channel, message: Message) => number
const yes = (is: boolean): number => (is ? 1 : 0)

/** One part of a query as a test: how well a message fits, 0 when it does not. */
function testOf(caller: Caller, part: string): Test {
  const [, operator = '', value = ''] = /^(in|from|before|after|on):(.+)$/i.exec(part) ?? []
  const name = value.replace(/^<?[#@]?/, '').replace(/(\|[^>]*)?>?$/, '')
  switch (operator.toLowerCase()) {
    case 'in':
      return (channel) => yes(channel.id === name || channel.name === name)
    case 'from': {
      const person = name === 'me' ? caller.person : personOf(caller.workspace, name)
      return (_channel, message) => yes(message.user === person?.id || message.bot?.name.toLowerCase() === name)
    }
    case 'before':
      return (_channel, { ts }) => yes(dayOf(ts) < value)
    case 'after':
      return (_channel, { ts }) => yes(dayOf(ts) > value)
    case 'on':
      return (_channel, { ts }) => yes(dayOf(ts) === value)
    default:
      return wordTest(part)
  }
}

function wordTest(part: string): Test {
  const isExcluded = part.startsWith('-')
  const word = part.replace(/^-/, '').replaceAll('"', '').toLowerCase()
  return (_channel, { text }) => {
    const times = text.toLowerCase().split(word).length - 1
    return isExcluded ? yes(times === 0) : times
  }
}

const dayOf = (ts: string): string => new Date(micros(ts) / 1000).toISOString().slice(0, 10)

function sorted(hits: readonly Hit[], { sort = 'score', sort_dir: direction = 'desc' }: Args): Hit[] {
  const newestFirst = hits.toSorted((a, b) => micros(b.message.ts) - micros(a.message.ts))
  const best = sort === 'timestamp' ? newestFirst : newestFirst.toSorted((a, b) => b.score - a.score)
  return direction === 'asc' ? best.toReversed() : best
}

function matchShape(state: State, { workspace }: Caller, { channel, message }: Hit) {
  const digest = createHash('sha256').update(`${channel.id} ${message.ts}`).digest('hex')
  return {
    iid: `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    team: workspace.id,
    channel: {
      id: channel.id,
      name: channel.name,
      is_private: channel.isPrivate,
      is_mpim: false,
      is_shared: false,
      is_org_shared: false,
      is_ext_shared: false,
      is_pending_ext_shared: false,
      pending_shared: [],
    },
    type: channel.isPrivate ? 'group' : 'message',
    user: message.user,
    username: message.bot?.name ?? personOf(workspace, message.user)?.login ?? '',
    ts: message.ts,
    text: message.text,
    permalink: permalink(state, channel, message.ts),
  }
}
