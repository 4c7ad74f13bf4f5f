import { expect, test } from 'vitest'
import { withClockShifted } from '#lib/platform/clock.ts'
import { OrganizationAnswer } from '#lib/tenancy/schema.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { member, person } from '#tests/support/people.ts'

const old: readonly [string, string][] = [
  ['/integrations', ''],
  ['/integration', ''],
  ['/integration/github/config', '/github/config'],
  ['/integration/jira/config', '/jira/config'],
  ['/integration/bitbucket', '/bitbucket/config'],
  ['/integration/manage/slack', '/slack/channels'],
]

const open = (address: string, cookie: string) => dispatch(ownRequest('GET', address, { headers: { cookie } }))

test.each(old)('T-RTE-1: %s leads to its page in the organization used last, query included', async (from, to) => {
  const dana = await person('Dana')
  const answer = await open(`${from}?tab=1&q=a%20b`, dana.cookie)
  expect(answer.status).toBe(308)
  expect(answer.headers.get('location')).toBe(`/${dana.org.slug}/settings/integrations${to}?tab=1&q=a%20b`)
  expect(answer.headers.get('cache-control')).toBe('no-store') // the organization used last changes
})

test('an old address follows to the organization that was used last', async () => {
  const dana = await person('Dana')
  const { slug } = (await dana.post('/api/v1/orgs', { name: 'Later' }, OrganizationAnswer)).body
  const leadsTo = async () => (await open('/integrations', dana.cookie)).headers.get('location')
  await withClockShifted(120_000, () => dana.get(`/api/v1/orgs/${slug}`))
  expect(await leadsTo()).toBe(`/${slug}/settings/integrations`)
  await withClockShifted(240_000, () => dana.get(dana.at()))
  expect(await leadsTo()).toBe(`/${dana.org.slug}/settings/integrations`)
})

test('signed out, an old address leads there by way of the sign-in page', async () => {
  const answer = await open('/integration/github/config?a=1', '')
  expect(answer.status).toBe(307)
  expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent('/integration/github/config?a=1')}`)
})

test('who belongs nowhere is led to a new organization', async () => {
  const dana = await person('Dana')
  const sam = await member(dana, 'member', 'Sam')
  await sam.delete(dana.at(`members/${sam.id}`))
  const answer = await open('/integrations', sam.cookie)
  expect([answer.status, answer.headers.get('location')]).toEqual([307, '/new'])
})
