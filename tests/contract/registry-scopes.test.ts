import { expect, test } from 'vitest'
import type { Scope } from '#lib/providers/define-auth.ts'
import { findProvider, providers } from '#lib/providers/registry.ts'

const scopesOf = (id: string): Scope[] =>
  (findProvider(id)?.auth ?? []).flatMap((method) => ('scopes' in method ? method.scopes : []))

/** What the product's own documents say is asked for. A provider that is not built yet is not asked. */
const named: readonly (readonly [string, readonly string[]])[] = [
  ['github', ['repo', 'read:user', 'user:email', 'admin:repo_hook']],
  ['jira', ['read:jira-work', 'read:jira-user']],
  ['confluence', ['read:confluence-content.summary', 'read:confluence-space.summary', 'search:confluence']],
  [
    'slack',
    'channels:read channels:history channels:join groups:read groups:history users:read users:read.email chat:write team:read'.split(
      ' ',
    ),
  ],
  [
    'zoom',
    'cloud_recording:read:list_user_recordings cloud_recording:read:recording meeting:read:list_meetings user:read:email'.split(
      ' ',
    ),
  ],
]

test.each(named.filter(([id]) => findProvider(id)))(
  'T-SCP-2: every scope that %s is said to need has a purpose, or the one in its place names it',
  (id, names) => {
    const scopes = scopesOf(id)
    expect(scopes.length).toBeGreaterThan(0)
    const isExplained = (name: string) =>
      scopes.some(({ name: own, why }) => (own === name && why.length > 20) || why.includes(`\`${name}\``))
    expect(names.filter((name) => !isExplained(name))).toEqual([])
  },
)

test('Plugboard posts with one scope only, and says of each other one that writes what could be done with it', () => {
  const writing = providers.flatMap(({ id }) => scopesOf(id).filter(({ writes }) => writes))
  expect(writing.filter(({ why }) => /\bpost/.test(why)).map(({ name }) => name)).toEqual(['chat:write'])
  expect(new Set(writing.map(({ name }) => name))).toEqual(
    new Set(['repo', 'admin:repo_hook', 'channels:join', 'chat:write']),
  )
})
