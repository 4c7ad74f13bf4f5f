import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { LeaveStep } from '#lib/connections/leave-schema.ts'
import { LeaveSteps } from './leave-steps.tsx'

/** The steps in the order they are drawn, each with its words. */
function drawn(change: { revokes?: boolean; isRunning?: boolean; ended?: LeaveStep[]; noun?: string } = {}): string[] {
  const { revokes = true, isRunning = true, ended = [], noun = 'token' } = change
  const markup = renderToStaticMarkup(<LeaveSteps name="Slack" {...{ revokes, isRunning, ended, noun }} />)
  return [...markup.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, item = '']) =>
    item
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

test('before anything is done the steps are listed; where the provider is asked nothing, no step says so', () => {
  expect(drawn({ isRunning: false })).toEqual(['Stop using it here', 'Revoke at Slack', 'Delete token'])
  expect(drawn({ isRunning: false, revokes: false, noun: 'key' })).toEqual(['Stop using it here', 'Delete key'])
})

test('each step shows how it came out as soon as it has', () => {
  expect(drawn()).toEqual(['Stop using it here under way', 'Revoke at Slack not yet', 'Delete token not yet'])
  expect(drawn({ ended: [{ ended: 'use' }] })[1]).toBe('Revoke at Slack under way')
  expect(drawn({ ended: [{ ended: 'use' }, { ended: 'revocation', revocation: 'not_confirmed' }] })).toEqual([
    'Stop using it here done',
    'Revoke at Slack not confirmed',
    'Delete token under way',
  ])
  const kept: LeaveStep = { ended: 'revocation', revocation: 'kept_for_another_connection' }
  expect(drawn({ ended: [{ ended: 'use' }, kept, { ended: 'token' }] })).toEqual([
    'Stop using it here done',
    'Revoke at Slack not asked: another connection uses this account',
    'Delete token done',
  ])
  expect(drawn({ ended: [{ ended: 'use' }, kept, { ended: 'token', isKept: true }] })[2]).toBe(
    'Delete token kept: another connection here uses it',
  )
})
