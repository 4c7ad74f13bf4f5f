import { expect, test } from 'vitest'
import type { KindView, ProviderView } from '#lib/connections/schema.ts'
import type { ResourceView, SourceAnswer } from '#lib/resources/schema.ts'
import type { Source } from '../sources.ts'
import { activeOf, keyAct } from './active.ts'
import { answerGroups, countText, type Group, levelGroups, linkGroups, searchGroups, startGroups } from './groups.ts'
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

/** A source with only what the palette looks at. */
function source(id: string, connectionId: string | null, slot: 'user' | 'organization' = 'user'): Source {
  const made: unknown = {
    id,
    name: id.toUpperCase(),
    kinds,
    connectionId,
    provider: {} as ProviderView, // not looked at
    slot: { slot, may: { connect: true } },
  }
  return made as Source // only these parts of it are read here
}
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
  const closed = source('slack', null, 'organization')
  const unconnected = source('jira', null)
  const groups = startGroups([resource('repository', 'acme/api')], [github, unconnected, closed], () => 'Disabled')
  expect(labels(groups)).toEqual([
    ['Recent', null, 'acme/api'],
    ['Sources', null, 'GITHUB', 'JIRA', 'SLACK'],
  ])
  expect(groups[1]?.options.map(({ type, detail }) => [type, detail])).toEqual([
    ['level', ''],
    ['connect', 'Connect your account'],
    ['closed', 'Disabled'],
  ])
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
  const groups = answerGroups(all, answers, 'api')
  expect(labels(groups)).toEqual([
    ['SLOW', null],
    ['BROKEN', "BROKEN didn't answer (503)"],
    ['WAITING', 'WAITING asked us to wait'],
    ['EMPTY', 'Nothing in EMPTY for “api”. Check the spelling or search all repositories.'],
    ['GITHUB', null, 'acme/api'],
  ])
  expect(groups.map(({ isBusy }) => isBusy)).toEqual([true, false, false, false, false])
})

test('a source without an account offers to connect one in its place', () => {
  const jira = source('jira', null)
  const answers = new Map([['jira', answer({ provider: 'jira', state: 'needs_connection', connectionId: null })]])
  expect(answerGroups([jira], answers, 'x')[0]?.options).toMatchObject([{ type: 'connect', label: 'JIRA' }])
})

test('searching inside things is a row to be chosen, narrowed to where one is', () => {
  expect(labels(searchGroups(top, [github, source('off', null)], 'retry'))).toEqual([
    ['Search inside', null, 'Code search for “retry”', 'Search issues for “retry”'],
  ])
  const issues = levelsInside(github, resource('repository', 'acme/api')).at(1)
  expect(issues && labels(searchGroups(issues, [github], 'x'))).toEqual([
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
  const one = answerGroups([github], new Map([['github', answer({ items: [resource('file', 'a')] })]]), 'a')
  expect(countText(one)).toBe('1 result, 1 source')
  expect(countText(answerGroups([github], new Map(), 'a'))).toBeNull()
  expect(countText(searchGroups(top, [github], 'a'))).toBeNull()
  expect(countText(linkGroups('https://github.com/acme/api'))).toBeNull()
  expect(countText([{ id: 'a', name: 'A', said: 'Nothing here.', isBusy: false, options: [] }])).toBe('No results')
})

const results = answerGroups(
  [github],
  new Map([['github', answer({ items: [resource('repository', 'one'), resource('file', 'two')] })]]),
  'o',
)
const inside = searchGroups(top, [github], 'o')

test('Enter takes the first result, never a row that only searches while results are coming', () => {
  expect(activeOf([...results, ...inside], null)?.label).toBe('one')
  const coming = answerGroups([github], new Map(), 'o')
  expect(activeOf([...coming, ...inside], null)).toBeUndefined()
  expect(activeOf([...coming, ...inside], inside[0]?.options[0]?.id ?? '')?.type).toBe('search')
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
