// What `npm start` plants for the demo organization, as the people in it find it.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { ProviderList, type SlotView } from '#lib/connections/schema.ts'
import { findProvider } from '#lib/providers/registry.ts'
import { demoConnections } from '#prisma/demo-plan.ts'
import { startSandbox } from '#sandbox/server.ts'
import { asSuperuser } from '#tests/support/as-superuser.ts'
import { type Api, api, signIn } from '#tests/support/people.ts'

const port = Number(process.env.SANDBOX_PORT)
const provided = async () => {
  const sandbox = await startSandbox({ port, appUrl: 'http://localhost:3000' })
  onTestFinished(() => sandbox.close())
  return sandbox
}
const seed = (env: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, ['--import', './scripts/lib/server-only.mjs', 'prisma/seed.ts'], {
    env: { ...process.env, ...env },
  })
const demo = async (who: string) => api((await signIn(`${who}@acme.test`, 'plugboard-demo')).cookie)

const HUB = '/api/v1/orgs/acme/integrations'
const hubOf = async (by: Api) => (await by.get(HUB, ProviderList)).body.items
async function slotsOf(by: Api): Promise<Map<string, SlotView>> {
  const items = await hubOf(by)
  return new Map(items.flatMap(({ id, slots }) => slots.map((slot) => [`${id} ${slot.slot}`, slot] as const))) // as const: a pair
}

/** What each kind of plan looks like in the hub. */
const expected = demoConnections
  .filter(({ provider }) => findProvider(provider))
  .map((planned) => {
    if ('reason' in planned) return [`${planned.provider} organization`, { status: 'not_configured' }] as const
    const at = `${planned.provider} ${planned.slot}`
    const repair = planned.fields ? 'Replace key' : 'Reconnect'
    if (planned.revoke)
      return [
        at,
        {
          status: 'needs_reauth',
          signal: 'amber',
          reason: expect.stringMatching(/^Connection invalid: /),
          nextAction: { label: repair, may: true },
        },
      ] as const
    if (planned.endsInDays !== undefined)
      return [
        at,
        {
          status: 'connected',
          signal: 'amber',
          reasonCode: 'token_expiring',
          reason: expect.stringContaining(`${planned.endsInDays} days`),
        },
      ] as const
    return [at, { status: 'connected', signal: 'green' }] as const
  })

test('where the tools are the real ones nothing is connected to them', async () => {
  await seed({ SANDBOX: 'off' })
  const before = await hubOf(await demo('owner'))
  expect(before.flatMap(({ slots }) => slots).filter(({ connection }) => connection)).toEqual([])
})

test('the demo is connected to several tools, each as the plan says, all of them called simulated', async () => {
  await provided()
  await seed()
  const dana = await demo('owner')
  const slots = await slotsOf(dana)
  for (const [at, as] of expected) expect(slots.get(at), at).toMatchObject(as)
  const states = [...slots.values()].map(({ status, signal }) => `${status} ${signal}`)
  for (const state of ['connected green', 'connected amber', 'needs_reauth amber', 'not_configured gray'])
    expect(states).toContain(state)
  const items = await hubOf(dana)
  expect(items.filter(({ id, simulated }) => (findProvider(id) !== null) !== (simulated === true))).toEqual([])
  const asked = items.find(({ requests }) => requests.length > 0)
  expect(asked?.requests).toMatchObject([{ who: 'Priya Nair' }])
  const priya = (await slotsOf(await demo('member'))).get(`${asked?.id} organization`)
  expect(priya).toMatchObject({ status: 'not_configured', request: { status: 'open' }, nextAction: { id: 'request' } })
})

test('a start with a sandbox that forgot connects again what was connected, and leaves what somebody ended or asked for', async () => {
  const sandbox = await startSandbox({ port, appUrl: 'http://localhost:3000' })
  await seed()
  const dana = await demo('owner')
  const before = await slotsOf(dana)
  const ended = before.get('slack organization')?.connection?.id
  expect((await dana.delete(`/api/v1/orgs/acme/connections/${ended}`)).status).toBeLessThan(300)
  await sandbox.close()
  await provided()
  await seed()
  const after = await slotsOf(dana)
  expect(after.get('slack organization')).toMatchObject({ status: 'disconnected', connection: { id: ended } })
  for (const [at, as] of expected.filter(([at]) => !at.startsWith('slack '))) {
    expect(after.get(at), at).toMatchObject(as)
    expect(after.get(at)?.connection?.id, at).toBe(before.get(at)?.connection?.id)
    const { status, id } = after.get(at)?.connection ?? {}
    if (status !== 'connected') continue
    expect((await dana.post(`/api/v1/orgs/acme/connections/${id}/verify`)).body, at).toMatchObject({ status })
  }
})

test('an account that somebody switched to stays, and nothing that was granted for the demo’s waits', async () => {
  await provided()
  await seed()
  await asSuperuser((client) => client.query(`UPDATE "Connection" SET "accountId" = 'another' WHERE provider = 'zoom'`))
  await seed()
  const last = `SELECT status, "grant" FROM "ConnectAttempt" WHERE provider = 'zoom' ORDER BY "createdAt" DESC LIMIT 1`
  expect((await asSuperuser((client) => client.query(last))).rows).toEqual([{ status: 'cancelled', grant: null }])
  const standing = `SELECT "accountId" FROM "Connection" WHERE provider = 'zoom'`
  expect((await asSuperuser((client) => client.query(standing))).rows).toEqual([{ accountId: 'another' }])
})
