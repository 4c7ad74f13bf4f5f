import { expect, test } from 'vitest'
import type { ResourceView } from '#lib/resources/schema.ts'
import { recentResources, remember } from './recent.ts'

const issue = (provider: string, id: string): ResourceView => ({
  provider,
  connectionId: provider,
  kind: 'issue',
  id,
  title: id,
  url: '',
})

test('what was added last comes first and once, of whichever source', () => {
  for (const [provider, id] of [
    ['github', '1'],
    ['sentry', '1'],
    ['github', '2'],
    ['github', '1'],
  ] as const) // as const: pairs
    remember(issue(provider, id))
  expect(recentResources().map(({ provider, id }) => `${provider} ${id}`)).toEqual(['github 1', 'github 2', 'sentry 1'])
})
