import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { logrocketClient, standing } from '#tests/support/sandbox-logrocket.ts'

const logrocket = await newSandbox(logrocketClient)

const WEB = 'acme/web'
const LOGS = '/audit/logs/?limit=1'
const EXPORT = '/data-export/?limit=1'
const outcomeOf = async (response: Response) => [response.status, await response.text()]
const statusOf = async (app: string, path: string, key?: string | null) => (await logrocket.api(app, path, key)).status
const INVALID = [401, 'Invalid API key']

test('a key is of one project, and its scheme is `token`', async () => {
  const key = await logrocket.keyFor()
  expect(await statusOf(WEB, LOGS, key)).toBe(200)
  for (const authorization of [`Bearer ${key}`, key, `Basic ${btoa(`${key}:`)}`, 'token', `token ${key}x`]) {
    const response = await logrocket.api(WEB, LOGS, null, { headers: { authorization } })
    expect([authorization, ...(await outcomeOf(response))]).toEqual([authorization, ...INVALID])
  }
  expect(await outcomeOf(await logrocket.api(WEB, LOGS, null))).toEqual(INVALID)
})

test('errors are plain text, or JSON where that is set', async () => {
  const refused = () => logrocket.api(WEB, LOGS, 'wrong')
  expect((await refused()).headers.get('content-type')).toMatch(/^text\/plain/)
  await logrocket.set({ errorsAs: 'json', badKey: 403 })
  const response = await refused()
  expect([response.status, await response.json()]).toEqual([403, { error: 'Invalid API key' }])
})

test('a key of another project is refused, and an unknown project not found', async () => {
  expect(await statusOf('acme/admin', EXPORT, standing(WEB))).toBe(403)
  expect(await statusOf('globex/portal', LOGS, standing(WEB))).toBe(403)
  expect(await statusOf('acme/nowhere', LOGS, standing(WEB))).toBe(404)
  expect(await statusOf('initech/web', LOGS, standing(WEB))).toBe(404)
})

test('organization and project are two segments of the path', async () => {
  const response = await fetch(`${logrocket.base}/v1/orgs/acme%2Fweb/apps/web/audit/logs/`, {
    headers: { authorization: `token ${standing(WEB)}` },
  })
  expect(response.status).toBe(404)
})

test('what a plan does not have is refused, whatever the key, as it is set', async () => {
  const ofAdmin = async () => [await statusOf('acme/admin', LOGS), await statusOf('acme/admin', EXPORT)]
  expect(await ofAdmin()).toEqual([404, 200])
  await logrocket.set({ missingFeature: 403 })
  expect(await ofAdmin()).toEqual([403, 200])
  expect([await statusOf(WEB, LOGS), await statusOf(WEB, EXPORT)]).toEqual([200, 403])
  await logrocket.set({ features: { app: WEB, dataExport: true, auditLog: false } })
  expect([await statusOf(WEB, LOGS), await statusOf(WEB, EXPORT)]).toEqual([403, 200])
  const asked = await logrocket.post('acme/admin', '/highlights/', { userID: 'staff-7' })
  expect(asked.status).toBe(403)
})

test('a private cloud has its own host, projects and keys', async () => {
  const at = async (prefix: string, app: string) => {
    const [org, name] = app.split('/')
    const address = `${logrocket.url}/${prefix}/v1/orgs/${org}/apps/${name}${LOGS}`
    return (await fetch(address, { headers: { authorization: `token ${standing(app)}` } })).status
  }
  expect([await at('logrocket-own', 'acme-internal/console'), await at('logrocket-api', WEB)]).toEqual([200, 200])
  expect([await at('logrocket-api', 'acme-internal/console'), await at('logrocket-own', WEB)]).toEqual([401, 401])
})

test('slashes are as they are documented, and what does not exist is not there', async () => {
  for (const path of ['/audit/logs', '/data-export', '/highlights/?id=1', '/sessions/', '/issues/', '/users/']) {
    expect([path, await statusOf('globex/portal', path)]).toEqual([path, 404])
  }
  const put = await logrocket.api(WEB, '/audit/logs/', undefined, { method: 'PUT' })
  expect(put.status).toBe(404)
})

test('keys do not expire, and end when they are revoked, or all of a project or an organization', async () => {
  const key = await logrocket.keyFor()
  await logrocket.control.clock(900 * 86_400)
  expect(await statusOf(WEB, LOGS, key)).toBe(200)
  const revoke = (what: object) => logrocket.control.revoke({ provider: 'logrocket', ...what })
  expect(await revoke({ token: key })).toMatchObject({ ended: 1 })
  expect([await statusOf(WEB, LOGS, key), await statusOf(WEB, LOGS)]).toEqual([401, 200])
  await revoke({ account: WEB })
  expect([await statusOf(WEB, LOGS), await statusOf('acme/admin', EXPORT)]).toEqual([401, 200])
  await revoke({ account: 'acme' })
  expect([await statusOf('acme/admin', EXPORT), await statusOf('globex/portal', LOGS)]).toEqual([401, 200])
})

test('nobody is limited until that is set, and who is gets told how long', async () => {
  const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(WEB, LOGS)))
  expect(new Set(statuses)).toEqual(new Set([200]))
  await logrocket.set({ rateLimit: { limit: 1, windowSeconds: 600 } })
  expect(await statusOf(WEB, LOGS)).toBe(200)
  const refused = await logrocket.api(WEB, LOGS)
  const wait = Number(refused.headers.get('retry-after'))
  expect([refused.status, wait > 0, wait <= 600]).toEqual([429, true, true])
  await logrocket.control.clock(601)
  expect(await statusOf(WEB, LOGS)).toBe(200)
})

test('a fault stands in for an answer', async () => {
  await logrocket.control.faults([
    { path: '/logrocket-api/v1/**/audit/logs/', status: 502, body: 'Bad gateway', times: 1 },
  ])
  expect(await outcomeOf(await logrocket.api(WEB, LOGS))).toEqual([502, 'Bad gateway'])
  expect(await statusOf(WEB, LOGS)).toBe(200)
})

test('the log names the project and never the key', async () => {
  await logrocket.api(WEB, LOGS)
  const log = await logrocket.control.log()
  expect(log).toMatchObject([{ provider: 'logrocket', query: ['limit'], account: WEB, token: 'acme…', status: 200 }])
  expect(JSON.stringify(log)).not.toContain(standing(WEB))
})

test('control refuses what it does not understand', async () => {
  const nonsense = [
    logrocket.set({ makeKey: { app: 'acme/nowhere' } }),
    logrocket.set({ makeKey: { app: 'acme' } }),
    logrocket.set({ badKey: 500 }),
    logrocket.set({ entries: [{ app: 'acme/nowhere' }] }),
    logrocket.set({ scopes: [] }),
    logrocket.control.revoke({ provider: 'logrocket' }),
    logrocket.control.webhook('logrocket', { request: 'nowhere' }),
  ]
  for (const call of nonsense) await expect(call).rejects.toThrow(': 400 ')
})

const open = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${logrocket.url}/logrocket-app${path}`, init)
  return { status: response.status, text: await response.text() }
}
const sendForm = async (action: string, headers: Record<string, string> = {}) => {
  const { text } = await open('/acme/web/settings/api-keys')
  const form = text.split('<form ').find((one) => one.includes(`${action}"`)) ?? ''
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams(Object.fromEntries(hidden.map(([, name, value]) => [name, value])))
  return open(action, { method: 'POST', body, headers })
}

test('a person makes a key in the settings, and deletes one', async () => {
  const [, made = ''] = /<pre id="token">([^<]+)</.exec((await sendForm('/keys/create')).text) ?? []
  expect([made.startsWith('acme:web:'), await statusOf(WEB, LOGS, made)]).toEqual([true, 200])
  expect((await open('/acme/web/settings/api-keys')).text).not.toContain(made)
  expect((await sendForm('/keys/delete')).status).toBe(200)
  expect([await statusOf(WEB, LOGS), await statusOf(WEB, LOGS, made)]).toEqual([401, 200])
})

test('pages of other sites can neither make nor delete a key', async () => {
  const foreign = { origin: 'http://localhost:3000' }
  expect((await sendForm('/keys/create', foreign)).status).toBe(403)
  expect((await sendForm('/keys/delete', foreign)).status).toBe(403)
  expect(await statusOf(WEB, LOGS)).toBe(200)
})
