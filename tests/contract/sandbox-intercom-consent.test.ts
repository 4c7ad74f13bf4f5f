import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { APP_URL, DANA, intercomClient } from '#tests/support/sandbox-intercom.ts'

const intercom = await newSandbox(intercomClient)

const open = (query: Record<string, string> = {}) => fetch(intercom.authorizeUrl(query), { redirect: 'manual' })
const accountsOf = (html: string) => [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)

test('the consent page names the app and what is ticked for it, and offers teammates of all three regions', async () => {
  const html = await (await open()).text()
  expect(html).toContain('<h1>Plugboard wants to access your Intercom workspace</h1>')
  for (const ability of ['Read conversations', 'Read and list users and companies', 'Read and list articles'])
    expect(html).toContain(`<li>${ability}</li>`)
  for (const region of ['US', 'EU', 'AU']) expect(html).toContain(`<span class="soft">${region}</span>`)
  expect(accountsOf(html)).toEqual([
    'dana@acme',
    'sam@acme',
    'priya@acme',
    'lee@acme',
    'sam@globex',
    'dana@globex',
    'dana@acme-au',
  ])
  expect(html).toMatch(/value="dana@acme" checked/)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Cancel/)
  expect(html).toMatch(/<button [^>]*name="decision" value="allow">Authorize access/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('authorizing returns to the callback with the state and a code that ends in an equals sign', async () => {
  const location = await intercom.consent(intercom.authorizeUrl(), { account: DANA })
  expect(location).toMatch(/\?code=[\w-]{43}=&state=st4te$/)
  expect(location.startsWith(`${intercom.redirectUri}?`)).toBe(true)
})

test('without a redirect URI people return to the one that is registered first', async () => {
  const bare = `${intercom.web}/oauth?client_id=sandbox-intercom&state=a%26b`
  const location = await intercom.consent(bare, { account: DANA })
  expect(location.startsWith(`${intercom.redirectUri}?code=`)).toBe(true)
  expect(new URL(location).searchParams.get('state')).toBe('a&b')
})

test('an address that is not registered, or a client that does not exist, sends nobody anywhere', async () => {
  const wrong: Record<string, string>[] = [
    { redirect_uri: 'https://evil.example/callback' },
    { redirect_uri: `${intercom.redirectUri}/below` },
    { redirect_uri: `${intercom.redirectUri}?next=1` },
    { client_id: 'somebody-else' },
  ]
  for (const query of wrong) {
    const response = await open(query)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  }
})

test('the address is /oauth and nothing below it', async () => {
  const response = await fetch(intercom.authorizeUrl().replace('/oauth?', '/oauth/authorize?'))
  expect(response.status).toBe(404)
})

test('there are no scopes: asking for some in the address changes nothing', async () => {
  const abilities = async (query: Record<string, string>) => /<ul>.*<\/ul>/.exec(await (await open(query)).text())?.[0]
  expect(await abilities({ scope: 'write_everything' })).toBe(await abilities({}))
  expect(await abilities({})).toContain('Read conversations')
})

test('declining returns access_denied, or nobody at all where Intercom keeps people', async () => {
  const decline = () => intercom.consent(intercom.authorizeUrl(), { account: DANA, decision: 'deny' })
  expect(await decline()).toBe(`${intercom.redirectUri}?error=access_denied&state=st4te`)
  await intercom.set({ returnsOnDenial: false })
  await expect(decline()).rejects.toThrow('consent was not taken: 200')
})

test('a page that was answered cannot be answered again', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open()).text()) ?? []
  const answer = () =>
    fetch(`${intercom.web}/oauth`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, account: DANA, decision: 'allow' }),
    })
  expect((await answer()).status).toBe(302)
  expect((await answer()).status).toBe(422)
})

test('nobody who has gone and no stranger can authorize', async () => {
  for (const account of ['marta@acme', 'priya@globex', 'dana'])
    await expect(intercom.consent(intercom.authorizeUrl(), { account })).rejects.toThrow('422')
})

test('at the host of one region only its workspaces can be chosen', async () => {
  await intercom.set({ hostRegion: 'EU' })
  expect(accountsOf(await (await open()).text())).toEqual(['sam@globex', 'dana@globex'])
  await expect(intercom.consent(intercom.authorizeUrl(), { account: DANA })).rejects.toThrow('422')
  expect(await intercom.codeFor('sam@globex')).not.toBe('')
})

test('until the app is reviewed only the development workspace can have it', async () => {
  await intercom.set({ reviewed: false })
  await expect(intercom.consent(intercom.authorizeUrl(), { account: 'sam@globex' })).rejects.toThrow('403')
  expect(await intercom.codeFor(DANA)).not.toBe('')
})
