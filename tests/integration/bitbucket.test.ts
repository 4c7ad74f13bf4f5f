// Bitbucket for everyone through one pasted token: what its answers leave open, and when it ends.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { dispatch, ownRequest } from '#tests/support/dispatch.ts'
import { person, type TestPerson } from '#tests/support/people.ts'
import { bitbucketClient } from '#tests/support/sandbox-bitbucket.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const bitbucket = bitbucketClient(withSandbox().url)
const DAY_MS = 86_400_000

const body = async (workspace: string, more: object = {}) => ({
  provider: 'bitbucket',
  slot: 'organization',
  method: 'api_token',
  fields: { workspace, ...(await bitbucket.tokenFor()) },
  ...more,
})
const paste = async (by: TestPerson, more: object = {}) => by.post(by.at('connections'), await body('acme', more))
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

test('a workspace in which the account works on nothing is connected with a warning: Bitbucket answers for any', async () => {
  const told = async (workspace: string) => {
    const dana = await person('Dana')
    const request = ownRequest('POST', dana.at('connections'), {
      headers: { cookie: dana.cookie, 'x-forwarded-for': dana.ip, accept: 'application/x-ndjson' },
      body: await body(workspace),
    })
    const lines = (await (await dispatch(request)).text()).trim().split('\n')
    return JSON.parse(lines.at(-1) ?? '').warnings
  }
  expect(await told('acme')).toEqual([])
  expect(await told('lee-park')).toEqual([expect.stringMatching(/^This account works on no repository of “lee-park”/)])
})

test('a token of which nobody says when it ends is taken to end in a year, as all do there; no later day is one', async () => {
  const dana = await person('Dana')
  const late = await paste(dana, { expiresOn: dayIn(400) })
  const detail = 'Expires on: at Bitbucket a token lives for 365 days at most.'
  expect([late.status, late.body]).toMatchObject([422, { errors: [{ pointer: '/expiresOn', detail }] }])
  const sooner = ConnectionView.parse((await paste(await person('Sam'), { expiresOn: dayIn(365) })).body)
  expect(sooner.expiresAt).toBe(`${dayIn(365)}T23:59:59.000Z`)
  const view = ConnectionView.parse((await paste(dana)).body)
  expect(view).toMatchObject({ status: 'connected', reasonCode: null })
  expect(Math.round((Date.parse(view.expiresAt ?? '') - Date.now()) / DAY_MS)).toBe(365)
})
