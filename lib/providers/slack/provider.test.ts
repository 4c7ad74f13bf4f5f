import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageId, readChannelId, readMessageId } from './ids.ts'
import { channelUrl, messageUrl } from './links.ts'
import { slack } from './provider.ts'
import { excerptOf, mentionedIn, plainText, titleOf } from './text.ts'

const kinds = (link: string) =>
  slack.readers.flatMap(({ kind, match }) => {
    const id = match?.(new URL(link))
    return id ? [{ kind, id }] : []
  })
const Channel = fc.stringMatching(/^[CG][A-Z0-9]{6,12}$/)
const Ts = fc.stringMatching(/^[1-9]\d{9}\.\d{6}$/)
const workspace = 'https://acme.slack.com'

describe('ids', () => {
  test('a message is found again by its id, its address and its link', () => {
    fc.assert(
      fc.property(Channel, Ts, fc.option(Ts, { nil: undefined }), (channel, ts, answered) => {
        const thread = answered === ts ? undefined : answered
        const name = { channel, ts, ...(thread === undefined ? {} : { thread }) }
        const id = messageId(name) ?? ''
        expect(id).toMatch(/^[A-Za-z0-9._~-]+$/)
        expect(readMessageId(id)).toEqual(name)
        expect(kinds(messageUrl(workspace, name))).toEqual([{ kind: 'message', id }])
        expect(kinds(channelUrl(workspace, channel))).toEqual([{ kind: 'channel', id: channel }])
      }),
    )
  })

  test('a text that is no id is refused, and never taken for one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => readChannelId(text)).toThrow('not_found')
        expect(() => readMessageId(text)).toThrow('not_found')
      }),
    )
    const near = ['D0LATHE11', 'c0lathe01', 'C0LATHE01/..', 'C0LATHE01~1', 'C0LATHE01~1763190000', 'C0LATHE01~x~y']
    const more = [
      'C0LATHE01~1763190000.000200~',
      'C0LATHE01~1763190000.000200~1763190000.000200',
      'C0LATHE01~1.1~2.2~3.3',
    ]
    for (const text of [...near, ...more]) expect(() => readMessageId(text)).toThrow('not_found')
  })

  test('the message that opens a thread has one id, with its thread named or not', () => {
    const name = { channel: 'C0LATHE01', ts: '1763190000.000200' }
    expect(messageId({ ...name, thread: name.ts })).toBe(messageId(name))
  })
})

describe('pasted links', () => {
  test.each([
    ['https://acme.slack.com/archives/C012AB3CD', 'channel', 'C012AB3CD'],
    ['https://acme.slack.com/archives/C012AB3CD/', 'channel', 'C012AB3CD'],
    ['https://slack.com/archives/G012AB3CD?name=x', 'channel', 'G012AB3CD'],
    ['https://acme-corp.slack.com/archives/C012AB3CD/p1512085950000216', 'message', 'C012AB3CD~1512085950.000216'],
    ['https://ghostbusters.slack.com/archives/C1H9RESGA/p135854651500008', 'message', 'C1H9RESGA~1358546515.00008'],
    [
      'https://acme.slack.com/archives/C012AB3CD/p1483037603017503?thread_ts=1482960137.003543&cid=C012AB3CD',
      'message',
      'C012AB3CD~1483037603.017503~1482960137.003543',
    ],
    [
      'https://acme.slack.com/archives/C012AB3CD/p1482960137003543?thread_ts=1482960137.003543',
      'message',
      'C012AB3CD~1482960137.003543',
    ],
  ])('%s is one %s', (link, kind, id) => {
    expect(kinds(link)).toEqual([{ kind, id }])
  })

  test.each([
    'https://acme.slack.com',
    'https://acme.slack.com/archives',
    'https://acme.slack.com/archives/D012AB3CD',
    'https://acme.slack.com/archives/D012AB3CD/p1512085950000216',
    'https://acme.slack.com/archives/general',
    'https://acme.slack.com/archives/C012AB3CD/p15120',
    'https://acme.slack.com/archives/C012AB3CD/p1512085950000216/x',
    'https://acme.slack.com/team/U012AB3CD',
    'https://acme.slack.com/files/U1/F1/a.txt',
    'https://slack.com/apps/manage',
    'https://a.b.slack.com/archives/C012AB3CD',
    'https://slack.com.evil.example/archives/C012AB3CD',
    'https://evilslack.com/archives/C012AB3CD',
    'https://acme.slack.com:8443/archives/C012AB3CD',
    'javascript:alert(1)//acme.slack.com/archives/C012AB3CD',
  ])('%s is none of ours', (link) => {
    expect(kinds(link)).toEqual([])
  })
})

describe('the words of a message', () => {
  const names = new Map([['U1', 'Dana']])
  test.each([
    ['<@U1> and <@U2> and <@U3|lee>', '@Dana and @someone and @lee'],
    ['see <#C1|general> and <#C2>', 'see #general and #channel'],
    ['<!here> <!channel> <!everyone> <!subteam^S1|@crew>', '@here @channel @everyone @crew'],
    ['<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
    ['<https://a.example/x?a=1&amp;b=2>', 'https://a.example/x?a=1&b=2'],
    [
      '<https://a.example|the plan> <mailto:d@a.example|d@a.example> <mailto:e@a.example>',
      'the plan d@a.example e@a.example',
    ],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['a < b, nothing closed', 'a < b, nothing closed'],
    ['<https://a.example|a|b>', 'a|b'],
  ])('%s reads %s', (written, read) => {
    expect(plainText(written, names)).toBe(read)
  })

  test('the title is its first line, cut where it is long, and the excerpt says only what the title does not', () => {
    expect(titleOf('\n one\ntwo')).toBe('one')
    expect(titleOf('x'.repeat(200))).toHaveLength(80)
    expect(excerptOf('one')).toEqual({})
    expect(excerptOf('one\ntwo')).toEqual({ excerpt: 'one\ntwo' })
  })

  test('who is mentioned is known by their ids', () => {
    expect(mentionedIn('<@U1> <@W2|x> <#C1> @U3')).toEqual(['U1', 'W2'])
  })
})

test('the sentences of the page where channels are switched', () => {
  expect(`Everyone in Acme who can open a board can ${slack.sharing?.audience?.('#payroll-priv')}`).toBe(
    "Everyone in Acme who can open a board can read messages from #payroll-priv, even if they aren't in the channel.",
  )
  expect(slack.sharing?.none).toBe(
    'Slack shows no channels. Public channels appear here; private ones after `/invite @Plugboard`.',
  )
})
