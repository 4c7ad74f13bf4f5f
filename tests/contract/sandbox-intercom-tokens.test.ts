import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { CLIENT, DANA, intercomClient, refusalOf } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)

const works = async (token: string): Promise<number> => (await intercom.get('/me', token)).status
const uninstall = (token: string, headers: Record<string, string> = {}) =>
  intercom.post('/auth/uninstall', token, '{}', headers)

test('a code is exchanged for a token that stands twice in the answer, and says nothing of scopes or an end', async () => {
  const answer = await (await intercom.exchange(await intercom.codeFor())).json()
  expect(Object.keys(answer).toSorted()).toEqual(['access_token', 'token', 'token_type'])
  expect(answer.token_type).toBe('Bearer')
  expect(answer.access_token).toBe(answer.token)
  expect(Buffer.from(answer.token, 'base64').toString()).toMatch(/^tok:[0-9a-f]{40}:1:0$/)
})

test('the exchange takes a form or JSON, and wants nothing but the code and the client', async () => {
  const response = await fetch(`${intercom.api}/auth/eagle/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...CLIENT, code: await intercom.codeFor() }),
  })
  expect(response.status).toBe(200)
})

test('a token never expires', async () => {
  const token = await intercom.tokenFor()
  await intercom.control.clock(3650 * 86_400)
  expect(await works(token)).toBe(200)
})

test('a code works once, for ten minutes, and only whole', async () => {
  const used = await intercom.codeFor()
  expect((await intercom.exchange(used)).status).toBe(200)
  expect(await refusalOf(await intercom.exchange(used))).toBe('401 unauthorized: Unauthorized Code')
  const cut = (await intercom.codeFor()).replace(/=$/, '')
  expect(await refusalOf(await intercom.exchange(cut))).toBe('401 unauthorized: Unauthorized Code')
  const old = await intercom.codeFor()
  await intercom.control.clock(601)
  expect(await refusalOf(await intercom.exchange(old))).toBe('401 unauthorized: Unauthorized Code')
})

test('a wrong client gets no token, and does not use the code up', async () => {
  const code = await intercom.codeFor()
  const wrongs: Record<string, string>[] = [{ client_id: 'x' }, { client_secret: 'x' }, { client_secret: '' }]
  for (const wrong of wrongs) expect((await intercom.exchange(code, wrong)).status).toBe(401)
  expect((await intercom.exchange(code)).status).toBe(200)
})

test('the client is taken neither from the address nor from HTTP Basic', async () => {
  const code = await intercom.codeFor()
  const address = `${intercom.api}/auth/eagle/token`
  const inAddress = `${address}?${new URLSearchParams({ ...CLIENT, code })}`
  expect((await fetch(inAddress, { method: 'POST' })).status).toBe(401)
  const basic = Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')
  const headers = { authorization: `Basic ${basic}` }
  expect((await fetch(address, { method: 'POST', headers, body: new URLSearchParams({ code }) })).status).toBe(401)
})

test('the identity names the teammate and the workspace, with its region', async () => {
  expect(await intercom.read('/me', await intercom.tokenFor('sam@globex'))).toMatchObject({
    type: 'admin',
    id: '7520001',
    email: 'sam@globex.example',
    email_verified: true,
    app: { type: 'app', id_code: 'gl0bexeu', name: 'Globex Labs', region: 'EU' },
    has_inbox_seat: true,
  })
  const lee = await intercom.read('/me', await intercom.tokenFor('lee@acme'))
  expect([lee.email_verified, lee.app.region]).toEqual([false, 'US'])
})

test('uninstalling ends every token of the workspace and no other’s', async () => {
  const [dana, sam, globex] = [
    await intercom.tokenFor(DANA),
    await intercom.tokenFor('sam@acme'),
    await intercom.tokenFor('sam@globex'),
  ]
  expect((await uninstall(dana)).status).toBe(200)
  expect([await works(dana), await works(sam), await works(globex)]).toEqual([401, 401, 200])
  expect(await refusalOf(await uninstall(dana))).toBe('401 unauthorized: Access Token Invalid')
})

test('uninstalling wants to be asked for JSON', async () => {
  const token = await intercom.tokenFor()
  expect((await uninstall(token, { accept: 'text/html' })).status).toBe(406)
  expect(await works(token)).toBe(200)
})

test('after the app is removed it can be installed again', async () => {
  const first = await intercom.tokenFor()
  expect(await intercom.control.revoke({ provider: 'intercom', workspace: 'acme' })).toEqual({ ok: true, ended: 1 })
  const second = await intercom.tokenFor()
  expect([await works(first), await works(second)]).toEqual([401, 200])
})

test('control ends one token, or what one teammate authorized', async () => {
  const [dana, again, sam] = [
    await intercom.tokenFor(DANA),
    await intercom.tokenFor(DANA),
    await intercom.tokenFor('sam@acme'),
  ]
  await intercom.control.revoke({ provider: 'intercom', token: dana })
  expect([await works(dana), await works(again)]).toEqual([401, 200])
  await intercom.control.revoke({ provider: 'intercom', account: DANA })
  expect([await works(again), await works(sam)]).toEqual([401, 200])
  await intercom.set({ teammate: { account: 'sam@acme', gone: true } })
  expect(await works(sam)).toBe(401)
})

test('people uninstall the app on a page of their workspace', async () => {
  const token = await intercom.tokenFor('sam@globex')
  const html = await (await fetch(`${intercom.web}/a/apps`)).text()
  expect(html).toContain('<button>Uninstall Plugboard from Globex Labs</button>')
  expect(html).not.toContain('from Acme')
  const form = { method: 'POST', body: new URLSearchParams({ workspace: 'gl0bexeu' }) }
  expect(await (await fetch(`${intercom.web}/a/apps`, form)).text()).toContain('No apps are installed')
  expect(await works(token)).toBe(401)
})
