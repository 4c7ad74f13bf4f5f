import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { ConnectionView, SlotView } from '#lib/connections/schema.ts'
import { connectionView, providerView, slotView } from '#tests/support/provider-view.ts'
import { Plans } from './plan.tsx'

/** The words of the section, as they are drawn. */
function drawn(plan: ConnectionView['plan'], change: Partial<SlotView> = {}): string {
  const slot = slotView({ connection: connectionView(plan === undefined ? {} : { plan }), ...change })
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Plans provider={providerView({ name: 'Zoom', slots: [slot] })} org="acme" />
    </QueryClientProvider>,
  )
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

const free = {
  label: 'Basic (free)',
  problem: null,
  capabilities: [
    { name: 'Meetings', isIncluded: true },
    { name: 'Recordings', isIncluded: false },
  ],
  warnings: [{ short: 'No recordings', says: 'There are no recordings.' }],
}

test('nothing is said of plans where they do not differ, or nothing is connected', () => {
  expect(drawn(undefined)).toBe('')
  expect(drawn(free, { status: 'disconnected' })).toBe('')
  expect(drawn(free, { status: 'needs_reauth' })).toBe('')
})

test('until a plan was read it is said that it is being read', () => {
  expect(drawn(null)).toBe('Plan Checking your Zoom plan…')
})

test('a plan is told by its name, what it warns of and what it includes', () => {
  expect(drawn(free)).toBe(
    'Plan Plan: Basic (free) There are no recordings. Check again What this Zoom plan includes What On this plan Meetings ✓ Included Recordings – Not on your plan',
  )
})

test('one that could not be read says what that may mean, before what was last known', () => {
  const problem = "Couldn't read your plan. Recordings may be missing."
  expect(drawn({ label: null, problem, capabilities: [], warnings: [] })).toBe(`Plan ${problem} Check again`)
  expect(drawn({ ...free, problem })).toMatch(/^Plan Plan: Basic \(free\) Couldn't .* Check again There are no/)
})

test('who may not connect it is not offered to check', () => {
  expect(drawn(free, { may: { connect: false, disconnect: false } })).not.toContain('Check again')
})
