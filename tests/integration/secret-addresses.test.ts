// quality 17: an address that somebody types reaches the public internet and nothing else, when it is typed and ever after.
import { expect, test } from 'vitest'
import { ConnectionView } from '#lib/connections/schema.ts'
import { probe } from '#lib/connections/verify.ts'
import { withOrg } from '#lib/platform/db.ts'
import { jobActor } from '#lib/tenancy/actor.ts'
import { serve } from '#tests/support/loopback.ts'
import { person, type TestPerson } from '#tests/support/people.ts'
import { sentryClient } from '#tests/support/sandbox-sentry.ts'
import { withSandbox } from '#tests/support/with-sandbox.ts'

const sandbox = withSandbox()
const sentry = sentryClient(sandbox.url)

const paste = (by: TestPerson, baseUrl: string | undefined, token: string, more: object = {}) =>
  by.post(by.at('connections'), {
    provider: 'sentry',
    slot: 'organization',
    method: 'api_key',
    fields: { organization: 'acme', token, ...(baseUrl === undefined ? {} : { baseUrl }) },
    ...more,
  })

test('17: no spelling of an address inside the network is taken, and none is told from another', async () => {
  const dana = await person()
  const inside = await serve(() => ({ body: {} }))
  const { port } = new URL(inside.url)
  const spellings = [
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}`,
    `https://127.1:${port}`,
    `https://0x7f.0.0.1:${port}`,
    'https://10.0.0.7',
    'https://172.16.3.4',
    'https://192.168.1.1',
    'https://169.254.169.254',
    'https://100.64.0.1',
    'https://0.0.0.0',
    'http://sentry.example.com',
    'ftp://sentry.example.com',
    'https://user:word@sentry.example.com',
  ]
  const token = await sentry.tokenFor()
  const told = new Set<string>()
  for (const typed of spellings) {
    const { status, body } = await paste(dana, typed, token, { anyway: true })
    expect([typed, status]).toEqual([typed, 422])
    const { errors } = body as { errors: { pointer: string; detail: string }[] } // as RFC 9457 members of ours
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/fields/baseUrl'])
    if (/^https:\/\/[\d.x]+(?::\d+)?$/.test(typed)) told.add(errors[0]?.detail ?? '')
  }
  expect(told.size).toBe(1)
  // written without dots they are no host name of anybody's: one number, and the IPv6 forms
  for (const typed of [
    'https://2130706433',
    'https://[::1]',
    'https://[::ffff:10.0.0.7]',
    'https://[fd00::1]',
    'https://localhost',
  ])
    expect((await paste(dana, typed, token)).status).toBe(422)
  expect(inside.received).toEqual([])
})

test('17: a name that leads inside, or nowhere, reads like a Sentry that does not answer', async () => {
  const dana = await person()
  const inside = await serve(() => ({ body: {} }))
  const { port } = new URL(inside.url)
  const token = await sentry.tokenFor()
  const answers = [`https://sub.localhost:${port}`, 'https://nobody.invalid'].map(async (typed) => {
    const { status, body } = await paste(dana, typed, token)
    return [status, JSON.stringify(body).replace(/"requestId":"[^"]*"/, '')]
  })
  const [first, ...others] = await Promise.all(answers)
  expect(first?.[0]).toBe(502)
  for (const other of others) expect(other).toEqual(first)
  expect(inside.received).toEqual([])
})

test('17: a typed address is guarded on every later call too', async () => {
  const dana = await person()
  const inside = await serve(() => ({ body: [] }))
  const view = ConnectionView.parse((await paste(dana, undefined, await sentry.tokenFor())).body)
  const actor = await jobActor(dana.org.id, 'connections.probe')
  // as a name does that resolved to a public address when it was typed, and to one inside since
  const config = { organization: 'acme', baseUrl: inside.url }
  await withOrg(actor, (db) => db.connection.update({ where: { id: view.id }, data: { config } }))
  await probe(actor, view.id)
  await dana.get(dana.at(`connections/${view.id}/resources?kind=issue&q=x`))
  await dana.post(dana.at(`connections/${view.id}/verify`))
  await dana.delete(dana.at(`connections/${view.id}`))
  expect(inside.received).toEqual([])
})
