import { expect, test } from 'vitest'
import type { Place } from '#components/connections/place.ts'
import type { KindView, NextAction, SlotView } from '#lib/connections/schema.ts'
import type { ResourceView, SourceAnswer } from '#lib/resources/schema.ts'
import { providerView, slotView } from '#tests/support/provider-view.ts'
import type { Source } from '../sources.ts'
import { activeOf, keyAct } from './active.ts'
import { answerGroups } from './answers.ts'
import { countText, type Group, levelGroups, linkGroups, searchGroups, startGroups } from './groups.ts'
import { crumb, type Level, levelsInside, listedAt, searchLabel, top } from './levels.ts'

const kind = (id: string, name: string, more: Partial<KindView> = {}): KindView => ({
  id,
  name,
  children: [],
  isListed: true,
  search: null,
  ...more,
})
const kinds = [
  kind('repository', 'Repository', { children: ['directory', 'issue'], search: 'typing' }),
  kind('directory', 'Directory', { children: ['directory'] }),
  kind('file', 'File'),
  kind('code_search', 'Code search', { isListed: false, search: 'on_demand' }),
  kind('issue', 'Issue', { search: 'on_demand' }),
]

const nextAction = (id: NextAction['id'], label: string, may = true): NextAction => ({ id, label, may, who: 'admins' })

/** A source with only what the palette looks at. */
function source(id: string, connectionId: string | null, change: Partial<SlotView> = {}, more: Partial<Source> = {}) {
  const slot = slotView({ status: 'not_configured', nextAction: nextAction('connect', 'Connect'), ...change })
  return {
    id,
    name: id.toUpperCase(),
    kinds,
    connectionId,
    provider: providerView({ id }),
    slot,
    ...more,
  } satisfies Source
}
const place: Place = { org: { slug: 'acme', name: 'Acme' }, csrf: '', admins: ['Dana', 'Sam'] }
const github = source('github', 'c1')
const resource = (kindId: string, id: string, more: Partial<ResourceView> = {}): ResourceView => ({
  provider: 'github',
  connectionId: 'c1',
  kind: kindId,
  id,
  title: id,
  url: '',
  ...more,
})
const answer = (more: Partial<SourceAnswer>): SourceAnswer => ({
  provider: 'github',
  name: 'GITHUB',
  connectionId: 'c1',
  state: 'ok',
  message: null,
  items: [],
  ...more,
})
const labels = (groups: readonly Group[]) =>
  groups.map(({ name, said, options }) => [name, said, ...options.map(({ label }) => label)])

test('before anything is typed there are the sources, and what was added last', () => {
  const groups = startGroups([resource('repository', 'acme/api')], [github, source('jira', null)], place)
  expect(labels(groups)).toEqual([
    ['Recent', null, 'acme/api'],
    ['Sources', null, 'GITHUB', 'JIRA'],
  ])
  expect(groups[1]?.options.map(({ type, detail }) => [type, detail])).toEqual([
    ['level', ''],
    ['connect', 'Connect your account'],
  ])
})

const shared = { slot: 'organization' } as const // as const: the name of a slot
test.each<[string, Partial<SlotView>, string, string]>([
  ['one’s own account', { nextAction: nextAction('reconnect', 'Reconnect') }, 'connect', 'Reconnect your account'],
  ['an admin, by a consent page', shared, 'connect', 'Connect it for everyone'],
  [
    'an admin, with a key',
    { ...shared, nextAction: nextAction('configure', 'Configure') },
    'open /acme/settings/integrations#slack',
    'Configure in Integrations',
  ],
  [
    'a member who may ask',
    { ...shared, nextAction: nextAction('request', 'Request') },
    'open /acme/settings/integrations#slack',
    'Request in Integrations',
  ],
  [
    'somebody who may only ask around',
    { ...shared, nextAction: nextAction('connect', 'Connect', false) },
    'closed',
    'Not configured. Ask Dana or Sam.',
  ],
  ['nobody', { ...shared, status: 'not_available', nextAction: null }, 'closed', 'Not available'],
])('a source that cannot be asked says what would help: %s', (_, change, does, detail) => {
  const [row] = startGroups([], [source('slack', null, change)], place)[0]?.options ?? []
  expect(row && [row.type === 'open' ? `open ${row.href}` : row.type, row.detail]).toEqual([does, detail])
})

test('each source’s answer stands under its name, in a fixed order, whatever became of the others', () => {
  const [slow, broken, waiting, empty] = ['slow', 'broken', 'waiting', 'empty'].map((id) => source(id, id))
  const all = [slow, broken, waiting, empty, github].filter((one) => one !== undefined)
  const answers = new Map([
    ['github', answer({ items: [resource('repository', 'acme/api')] })],
    ['broken', answer({ provider: 'broken', state: 'unavailable', message: "BROKEN didn't answer (503)" })],
    ['waiting', answer({ provider: 'waiting', state: 'limited', message: 'WAITING asked us to wait' })],
    ['empty', answer({ provider: 'empty' })],
  ])
  const groups = answerGroups(all, answers, 'api', place)
  expect(labels(groups)).toEqual([
    ['SLOW', null],
    ['BROKEN', "BROKEN didn't answer (503)"],
    ['WAITING', 'WAITING asked us to wait'],
    ['EMPTY', 'Nothing in EMPTY for “api”. Check the spelling or search all repositories.'],
    ['GITHUB', null, 'acme/api'],
  ])
  expect(groups.map(({ isBusy }) => isBusy)).toEqual([true, false, false, false, false])
})

test('a source that is searched only when it is asked for is not waited for', () => {
  const calm = source('zoom', 'zoom', {}, { kinds: [kind('meeting', 'Meeting', { search: 'on_demand' })] })
  expect(answerGroups([calm, github], new Map(), 'x', place).map(({ name }) => name)).toEqual(['GITHUB'])
  expect(searchGroups(top, [calm], 'x', place)[0]?.options).toMatchObject([
    { type: 'search', label: 'Search meetings for “x”' },
  ])
})

test('what could be connected stands behind all answers; what nobody here can help with does not', () => {
  const off = source('zoom', null, { ...shared, status: 'not_available', nextAction: null })
  const groups = answerGroups([source('jira', null), off, github], new Map([['github', answer({})]]), 'x', place)
  expect(groups.map(({ name }) => name)).toEqual(['GITHUB', 'Not connected'])
  expect(groups[1]?.options).toMatchObject([{ type: 'connect', label: 'JIRA' }])
})

test('a source that asked us to wait says until when, in the reader’s own time', () => {
  const waits = answer({ state: 'limited', message: 'GITHUB asked us to wait until 14:20 UTC' })
  const said = (more: Partial<SourceAnswer>) =>
    answerGroups([github], new Map([['github', { ...waits, ...more }]]), 'x', place)[0]?.said
  const at = new Date(2026, 10, 18, 9, 5) // in the reader's zone
  expect(said({ retryAt: at.toISOString() })).toBe('GITHUB asked us to wait until 09:05')
  expect(said({})).toBe('GITHUB asked us to wait until 14:20 UTC')
})

test('a search that an admin has to turn on says so, and who that is', () => {
  const messages = kind('message', 'Message', { search: 'on_demand', searchClosed: 'Message search is off.' })
  const row = (configure: boolean) => {
    const provider = providerView({ may: { configure, seeActivity: false } })
    return searchGroups(top, [source('slack', 's', {}, { kinds: [messages], provider })], 'retry', place)[0]?.options[0]
  }
  expect(row(true)).toMatchObject({
    type: 'open',
    label: 'Search messages for “retry”',
    detail: 'SLACK · Message search is off. Open its settings.',
    href: '/acme/settings/integrations/slack/config',
  })
  expect(row(false)).toMatchObject({ type: 'closed', detail: 'SLACK · Message search is off. Ask Dana or Sam.' })
})

test('what failed can be tried again', () => {
  const at: Level = { at: 'source', source: github }
  const broken = { items: [], said: 'GitHub is not answering.', isBusy: false, isBroken: true }
  expect(labels(levelGroups(at, broken, '', false))).toEqual([['GITHUB', 'GitHub is not answering.', 'Try again']])
})

test('searching inside things is a row to be chosen, narrowed to where one is', () => {
  expect(labels(searchGroups(top, [github, source('off', null)], 'retry', place))).toEqual([
    ['Search inside', null, 'Code search for “retry”', 'Search issues for “retry”'],
  ])
  const issues = levelsInside(github, resource('repository', 'acme/api')).at(1)
  expect(issues && labels(searchGroups(issues, [github], 'x', place))).toEqual([
    ['Search inside', null, 'Search issues for “x”'],
  ])
})

test('a repository opens on its tree, with its other kinds as doors beside it', () => {
  const [tree, issues] = levelsInside(github, resource('repository', 'acme/api'))
  expect([tree?.kind.id, issues?.kind.id]).toEqual(['directory', 'issue'])
  expect(tree && crumb(tree)).toBe('acme/api')
  expect(issues && crumb(issues)).toBe('Issues')
  const items = [resource('directory', 'src'), resource('file', 'main.ts')]
  const groups = tree ? levelGroups(tree, { items, said: null, isBusy: false }, '', false) : []
  expect(labels(groups)).toEqual([
    ['Also here', null, 'Issues'],
    ['acme/api', null, 'src', 'main.ts'],
  ])
  expect(tree && labels(levelGroups(tree, { items, said: null, isBusy: false }, 'MAIN', false))).toEqual([
    ['acme/api', null, 'main.ts'],
  ])
  expect(tree && labels(levelGroups(tree, { items, said: null, isBusy: false }, 'zz', false))).toEqual([
    ['acme/api', 'Nothing in GITHUB for “zz”. Check the spelling or search all repositories.'],
  ])
})

test('levels list what they hold, and a search is called by what it looks for', () => {
  const at: Level = { at: 'source', source: github }
  expect(listedAt(at)).toEqual({ kind: 'repository' })
  expect(listedAt(top)).toBeNull()
  expect(searchLabel(kind('x', 'Pull request'), 'a')).toBe('Search pull requests for “a”')
})

test('a typed address can become a card or stay plain, several at once', () => {
  expect(linkGroups('https://a.test/x')[0]?.options.map(({ label }) => label)).toEqual([
    'Add as a card',
    'Add as a plain link',
  ])
  expect(linkGroups('https://a.test/x https://b.test')[0]?.options[0]?.label).toBe('Add 2 cards')
  expect(linkGroups('javascript:alert(1)')).toEqual([])
})

test('how much there is counts results and the places they came from', () => {
  const one = answerGroups([github], new Map([['github', answer({ items: [resource('file', 'a')] })]]), 'a', place)
  expect(countText(one)).toBe('1 result, 1 source')
  expect(countText(answerGroups([github], new Map(), 'a', place))).toBeNull()
  expect(countText(searchGroups(top, [github], 'a', place))).toBeNull()
  expect(countText(linkGroups('https://github.com/acme/api'))).toBeNull()
  expect(countText([{ id: 'a', name: 'A', said: 'Nothing here.', isBusy: false, options: [] }])).toBe('No results')
})

const results = answerGroups(
  [github],
  new Map([['github', answer({ items: [resource('repository', 'one'), resource('file', 'two')] })]]),
  'o',
  place,
)
const inside = searchGroups(top, [github], 'o', place)

test('Enter takes the first result, never a row that only searches while results are coming', () => {
  expect(activeOf([...results, ...inside], null)?.label).toBe('one')
  const coming = answerGroups([github], new Map(), 'o', place)
  expect(activeOf([...coming, ...inside], null)).toBeUndefined()
  expect(activeOf([...coming, ...inside], inside[0]?.options[0]?.id ?? '')?.type).toBe('search')
})

test('Enter takes what a source found before a row of another one that would have to be connected first', () => {
  const connect = { id: 'connect', type: 'connect', label: 'Jira', detail: '', source: github } as const // as const: a type's word
  const above: Group = { id: 'jira', name: 'Jira', said: null, isBusy: false, options: [connect] }
  expect(activeOf([above, ...results], null)?.label).toBe('one')
  expect(activeOf([above, ...results], 'connect')?.label).toBe('Jira')
  expect(activeOf([above], null)?.label).toBe('Jira')
})

const press = (key: string, held: { ctrlKey?: boolean; metaKey?: boolean; shiftKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('arrows walk around the list, → goes into what can be gone into, ← and Backspace come back', () => {
  const options = results.flatMap((group) => group.options)
  const [one, two] = options
  const at = { options, active: one, text: '', caret: 0, depth: 2 }
  expect(keyAct(press('ArrowDown'), at)).toEqual({ to: two?.id })
  expect(keyAct(press('ArrowUp'), at)).toEqual({ to: two?.id })
  expect(keyAct(press('End'), at)).toEqual({ to: two?.id })
  expect(keyAct(press('ArrowRight'), at)).toEqual({ does: 'enter' })
  expect(keyAct(press('>', { shiftKey: true }), at)).toEqual({ does: 'enter' })
  expect(keyAct(press('ArrowRight'), { ...at, active: two })).toBeNull()
  expect(keyAct(press('ArrowRight'), { ...at, text: 'ab', caret: 1 })).toBeNull()
  expect(keyAct(press('ArrowLeft'), at)).toEqual({ does: 'back' })
  expect(keyAct(press('ArrowLeft'), { ...at, depth: 1 })).toBeNull()
  expect(keyAct(press('Backspace'), at)).toEqual({ does: 'back' })
  expect(keyAct(press('Backspace'), { ...at, text: 'a', caret: 1 })).toBeNull()
  expect(keyAct(press('Enter', { metaKey: true }), at)).toEqual({ does: 'stay' })
  expect(keyAct(press('a', { ctrlKey: true }), at)).toBeNull()
})
