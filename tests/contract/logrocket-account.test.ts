import { describe, expect, test } from 'vitest'
import { createApi } from '#lib/providers/api.ts'
import type { Api, Config } from '#lib/providers/define-api.ts'
import { logrocket } from '#lib/providers/logrocket/provider.ts'
import { logrocketApi, logrocketReader } from '#tests/support/logrocket-api.ts'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { logrocketClient, standing } from '#tests/support/sandbox-logrocket.ts'

const world = await newSandbox(logrocketClient)
const [projects, sessions] = [logrocketReader('project'), logrocketReader('session')]

/** The API as this key, as our form would keep it. */
function apiOf(app: string, key = standing(app), more: Config = {}): Api {
  const grant = { token: key, config: { app, ...more } }
  const origins = { api: world.base, app: `${world.url}/logrocket-app` }
  const { api: base, web = '' } = logrocket.endpoints(origins, grant.config)
  return createApi({ provider: logrocket, grant, base, web, config: grant.config })
}
const identify = (app: string, key?: string, more?: Config) => {
  const api = apiOf(app, key, more)
  return logrocket.identify(api, { token: key ?? '' })
}
const asked = async () => (await world.control.log()).map(({ method, path, status }) => `${method} ${path} ${status}`)
const under = (app: string) => `/logrocket-api/v1/orgs/${app.replace('/', '/apps/')}`

describe('whose a key is', () => {
  test('is the project that was typed: the audit log is asked for one entry, and nothing that costs or writes', async () => {
    expect(await identify('acme/web')).toEqual({
      id: 'acme/web',
      label: 'acme/web',
      url: `${world.url}/logrocket-app/acme/web`,
      capabilities: { auditLog: true },
    })
    expect(await asked()).toEqual([`GET ${under('acme/web')}/audit/logs/ 200`])
  })

  test.each([404, 403] as const)(
    'a plan without the audit log (%d) makes no bad key of one that exports',
    async (status) => {
      await world.set({ missingFeature: status })
      expect(await identify('acme/admin')).toMatchObject({ label: 'acme/admin', capabilities: { auditLog: false } })
      expect(await asked()).toEqual([
        `GET ${under('acme/admin')}/audit/logs/ ${status}`,
        `GET ${under('acme/admin')}/data-export/ 200`,
      ])
    },
  )

  test.each([
    ['of a plan without either', 'This feature is not enabled for your plan', 'plan'],
    ['of another project, for all that is said', 'Forbidden', 'forbidden'],
  ])('a key that opens neither part is %s', async (_, body, failure) => {
    const { api, received } = await logrocketApi(() => ({ status: 403, body }))
    await expect(logrocket.identify(api, { token: '' })).rejects.toMatchObject({ failure })
    expect(received).toHaveLength(2)
  })

  test.each([
    [404, 'Not found', 403, 'Data Export is an add-on', 'plan'],
    [403, 'Not enabled for your plan', 404, 'Not found', 'plan'],
    [403, 'Forbidden', 404, 'Not found', 'forbidden'],
    [404, 'Not found', 404, 'Not found', 'not_found'],
  ])('an audit log of %d %s and an export of %d %s are %s', async (log, said, data, told, failure) => {
    const { api } = await logrocketApi({
      'GET /audit/logs/': { status: log, body: said },
      'GET /data-export/': { status: data, body: told },
    })
    await expect(logrocket.identify(api, { token: '' })).rejects.toMatchObject({ failure })
  })

  test.each([
    [401, 'text'],
    [401, 'json'],
    [403, 'text'],
    [403, 'json'],
  ] as const)('an unknown key is not taken, be it said by %d and as %s', async (badKey, errorsAs) => {
    await world.set({ badKey, errorsAs })
    await expect(identify('acme/web', 'acme:web:nope')).rejects.toMatchObject({ failure: 'expired' })
  })

  test('a key of another project is told from an unknown one, and both from a project that is not there', async () => {
    await expect(identify('acme/web', standing('acme/admin'))).rejects.toMatchObject({
      failure: 'forbidden',
      status: 403,
    })
    await expect(identify('acme/nosuch', standing('acme/web'))).rejects.toMatchObject({ failure: 'not_found' })
  })

  test('a key that was deleted is not taken from then on', async () => {
    const key = await world.keyFor()
    const api = apiOf('acme/web', key)
    expect((await projects.list(api, {})).items).toHaveLength(1)
    await world.control.revoke({ provider: 'logrocket', token: key })
    for (const look of [
      () => projects.list(api, {}),
      () => sessions.list(api, {}),
      () => logrocket.identify(api, { token: key }),
    ])
      await expect(look()).rejects.toMatchObject({ failure: 'expired' })
  })

  test('the address of LogRocket itself, typed, is no installation of one’s own', async () => {
    const typed = { baseUrl: 'https://api.logrocket.com' }
    expect(await identify('acme/web', undefined, typed)).toEqual(await identify('acme/web'))
    const { items } = await sessions.list(apiOf('acme/web', undefined, typed), {})
    expect(items).toEqual((await sessions.list(apiOf('acme/web'), {})).items)
  })

  test('on an installation of one’s own it is another account, whose pages nobody knows', async () => {
    const baseUrl = `${world.url}/logrocket-own`
    const own = await identify('acme-internal/console', undefined, { baseUrl })
    expect(own).toEqual({
      id: `${new URL(world.url).host}/acme-internal/console`,
      label: 'acme-internal/console',
      capabilities: { auditLog: true },
    })
    const api = apiOf('acme-internal/console', undefined, { baseUrl })
    const { items } = await sessions.list(api, {})
    expect(items.length).toBeGreaterThan(0)
    expect(items.map(({ url, body }) => [url, body?.replayUrl])).toEqual(items.map(() => ['', undefined]))
    expect(await sessions.read(api, items[0]?.id ?? '')).toEqual(items[0])
    const [project] = (await projects.list(api, {})).items
    expect(items[0]?.containerId).toBe(project?.id)
    // the same names at app.logrocket.com are another company's
    const recording = items[0]?.id.split('~')[3] ?? ''
    const link = `https://app.logrocket.com/acme-internal/console/s/${recording}/0`
    const matched = sessions.match(new URL(link))
    await expect(sessions.read(api, matched ?? '')).rejects.toMatchObject({ failure: 'not_found' })
    await expect(projects.read(api, 'acme-internal~console')).rejects.toMatchObject({ failure: 'not_found' })
  })
})

describe('through the simulated LogRocket', () => {
  test('each session that was viewed is there once, the latest first, and its replay link leads to it', async () => {
    const { items } = await sessions.list(apiOf('acme/web'), {})
    expect(items.length).toBeGreaterThan(2)
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    expect(items.map(({ updatedAt }) => updatedAt)).toEqual(
      items
        .map(({ updatedAt }) => updatedAt)
        .toSorted()
        .toReversed(),
    )
    for (const { url, id } of items) {
      expect((await fetch(url)).status).toBe(200)
      const home = new URL(url.replace(`${world.url}/logrocket-app`, 'https://app.logrocket.com'))
      expect(sessions.match(home)).toBe(id)
    }
    const told = JSON.stringify(items, (key, value) => (key === 'forAdmins' ? undefined : value)).replaceAll(
      world.url,
      '',
    )
    expect(told).not.toMatch(/@|Invited|alert/)
  })

  test('a new view moves its session to the front, with who it was', async () => {
    await world.set({ entries: [{ user: 'sam.okafor@acme.example', session: { name: 'Nora' } }] })
    const { items } = await sessions.list(apiOf('acme/web'), {})
    expect(items[0]).toMatchObject({
      body: { viewedBy: 'Sam Okafor', views: 1 },
      forAdmins: { email: 'sam.okafor@acme.example' },
    })
    expect(await sessions.read(apiOf('acme/web'), items[0]?.id ?? '')).toEqual(items[0])
  })

  test('of several hundred entries all are read', async () => {
    const entries = Array.from({ length: 230 }, (_, n) => ({ ago: `${n + 1}m`, session: { name: `Visitor ${n}` } }))
    await world.set({ entries })
    const { items } = await sessions.list(apiOf('acme/web'), {})
    expect(items.length).toBeGreaterThanOrEqual(230)
  })

  test('without the audit log nothing is listed and it is said why; a pasted link still is a card', async () => {
    const api = apiOf('acme/admin')
    await expect(sessions.list(api, {})).rejects.toMatchObject({ failure: 'setup', detail: 'no_audit_log' })
    expect(logrocket.remedies?.no_audit_log).toMatch(/^LogRocket keeps no audit log of this project/)
    const id = 'acme~admin~6-0193b1f2-1111-7222-8333-444455556666~0'
    expect(await sessions.read(api, id)).toMatchObject({
      id,
      body: { note: expect.stringMatching(/has no audit log/) },
    })
  })

  test('a wait that is asked for is told with how long it is', async () => {
    await world.set({ rateLimit: { limit: 1, windowSeconds: 60 } })
    const api = apiOf('acme/web')
    await projects.list(api, {})
    const failure = await projects.list(api, {}).catch((error: unknown) => error)
    expect(failure).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
  })
})
