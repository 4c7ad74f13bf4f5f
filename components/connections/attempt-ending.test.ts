import { expect, test } from 'vitest'
import type { AttemptView } from '#lib/attempts/schema.ts'
import { endingOf } from './attempt-ending.ts'

const ended = (also: NonNullable<AttemptView['also']>): AttemptView => ({
  id: '0190a6f2-0000-7000-8000-000000000001',
  provider: 'jira',
  slot: 'user',
  status: 'succeeded',
  also,
  expiresAt: '2026-11-22T10:00:00.000Z',
})
const confluence = { provider: 'confluence', name: 'Confluence' }

test('two products on one consent are told in one sentence', () => {
  const view = ended([{ ...confluence, connectionId: '0190a6f2-0000-7000-8000-000000000002' }])
  expect(endingOf(view, 'Jira', null)).toEqual({ tone: 'ok', text: 'Jira and Confluence connected.', next: null })
})

test('a product that could not be connected is named, with why', () => {
  const text = 'Jira connected. Confluence is not connected: Confluence didn’t answer.'
  const view = ended([{ ...confluence, detail: 'Confluence didn’t answer.' }])
  expect(endingOf(view, 'Jira', null)).toEqual({ tone: 'warn', text, next: null })
})
