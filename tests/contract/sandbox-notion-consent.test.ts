import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { APP_URL, notionClient, REDIRECT_URI } from '#tests/support/sandbox-notion.ts'

const notion = await newSandbox(notionClient)

const open = (query: Record<string, string>) => fetch(notion.authorizeUrl(query), { redirect: 'manual' })
const titlesOf = async (token: string): Promise<string[]> => {
  const { results } = await notion.send('/search', token)
  return results.map(
    (one: Thing) =>
      (one.title ?? Object.values(one.properties).find((p) => p.type === 'title')?.title)?.[0]?.plain_text,
  )
}
type Title = { plain_text: string }[]
type Thing = { title?: Title; properties: Record<string, { type: string; title?: Title }> }

test('the consent page says what the app may do, offers people of two workspaces and the pages they could share', async () => {
  const html = await (await open({})).text()
  expect(html).toContain('<h1>Connect with Plugboard</h1>')
  expect(html).toContain('View the pages you select')
  expect(html).toContain('View users and their email addresses')
  expect(html).toContain('<legend>Workspace Acme</legend>')
  expect(html).toContain('<legend>Workspace Globex Labs</legend>')
  const accounts = [...html.matchAll(/name="account" value="([^"]+)"/g)].map(([, account]) => account)
  expect(accounts).toEqual(['dana@acme', 'sam@acme', 'priya@acme', 'lee@acme', 'sam@globex', 'dana@globex'])
  expect(html).toMatch(/<input type="checkbox" name="page" value="[0-9a-f-]{36}"> 📘 Engineering handbook/)
  expect(html).toMatch(/Salaries 2026 <span class="soft">only Dana Kowalski</)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny">Cancel/)
  expect(html).toMatch(/<button [^>]*name="decision" value="allow">Allow access/)
})

test('the consent page runs no script and lets its form lead only to itself and the application', async () => {
  const response = await open({ state: '"><script>alert(1)</script>' })
  expect(response.headers.get('content-security-policy')).toContain(`form-action 'self' ${APP_URL};`)
  expect(await response.text()).not.toContain('<script')
})

test('allowing returns to the callback with a code and the state', async () => {
  const location = new URL(await notion.consent(notion.authorizeUrl(), { account: 'dana@acme' }))
  expect(location.origin + location.pathname).toBe(REDIRECT_URI)
  expect(location.searchParams.get('code')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(location.searchParams.get('state')).toBe('st4te')
})

test('cancelling returns access_denied, with the state unless Notion leaves it empty', async () => {
  const deny = () => notion.consent(notion.authorizeUrl(), { account: 'dana@acme', decision: 'deny' })
  expect(await deny()).toBe(`${REDIRECT_URI}?error=access_denied&state=st4te`)
  await notion.set({ stateOnDenial: false })
  expect(await deny()).toBe(`${REDIRECT_URI}?error=access_denied&state=`)
})

test('an unknown client, another redirect URI, no response_type and no owner show Notion’s own page', async () => {
  const wrong: [Record<string, string>, string][] = [
    [{ client_id: 'somebody-else' }, 'client_id'],
    [{ redirect_uri: 'https://evil.example/callback' }, 'redirect_uri'],
    [{ redirect_uri: `${REDIRECT_URI}/below` }, 'redirect_uri'],
    [{ redirect_uri: `${REDIRECT_URI}?next=1` }, 'redirect_uri'],
    [{ response_type: 'token' }, 'response_type'],
    [{ response_type: '' }, 'response_type'],
    [{ owner: '' }, 'owner'],
    [{ owner: 'workspace' }, 'owner'],
  ]
  for (const [query, named] of wrong) {
    const response = await open(query)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).toContain(`Missing or invalid ${named}.`)
  }
})

test('PKCE is not asked for, and tolerated', async () => {
  expect((await open({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })).status).toBe(200)
})

test('the app sees the pages that were picked, what is inside them, and nothing else', async () => {
  const all = (await notion.connect('dana@acme')).access_token
  const handbook = await notion.idOf(all, 'Engineering handbook')
  const { access_token } = await notion.connect('sam@acme', [handbook])
  expect((await titlesOf(access_token)).toSorted()).toEqual([
    'Deploying',
    'Engineering handbook',
    'How we review code',
    'On-call',
    'Replaying dead letters',
    'Retries and backoff',
  ])
})

test('picking no page at all gives a token that finds nothing', async () => {
  const { access_token } = await notion.connect('dana@acme', [])
  expect((await notion.get('/users/me', access_token)).status).toBe(200)
  expect(await titlesOf(access_token)).toEqual([])
})

test('without a choice everything is shared that the person has full access to, and no more', async () => {
  const titles = async (account: string) => titlesOf((await notion.connect(account)).access_token)
  const [dana, sam, lee] = [await titles('dana@acme'), await titles('sam@acme'), await titles('lee@acme')]
  expect(dana).toContain('Salaries 2026')
  expect(dana).not.toContain('Interview notes')
  expect(sam).toContain('Interview notes')
  expect(sam).not.toContain('Salaries 2026')
  expect(lee).toEqual(['Backoff: handover'])
})

test('nobody shares a page without full access to it', async () => {
  const salaries = await notion.idOf((await notion.connect('dana@acme')).access_token, 'Salaries')
  expect((await notion.choose('sam@acme', [salaries])).status).toBe(422)
  expect((await notion.choose('dana@acme', [salaries])).status).toBe(302)
})

test('a page that was answered cannot be answered again, and a stranger cannot answer', async () => {
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(await (await open({})).text()) ?? []
  const answer = (account: string) =>
    fetch(`${notion.web}/v1/oauth/authorize`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, account, decision: 'allow' }),
    })
  expect((await answer('marta@acme')).status).toBe(422)
  expect((await answer('dana@acme')).status).toBe(302)
  expect((await answer('dana@acme')).status).toBe(422)
})

test('the person may add a page to the connection in Notion later, and take one away', async () => {
  const { access_token } = await notion.connect('dana@acme', [])
  const budget = await notion.set({ page: { title: 'Budget 2027', owners: ['dana'] } })
  const menu = async () => {
    const html = await (await fetch(String(budget.url))).text()
    const [, action = ''] = /action="([^"]+\/connections)"/.exec(html) ?? []
    const [, bot = ''] = /name="bot" value="([^"]+)"/.exec(html) ?? []
    return fetch(`${notion.url}${action}`, { method: 'POST', body: new URLSearchParams({ bot }) })
  }
  const status = async () => (await notion.get(`/pages/${String(budget.id)}`, access_token)).status
  expect(await status()).toBe(404)
  expect(await (await menu()).text()).toContain('Remove Plugboard of dana@acme')
  expect(await status()).toBe(200)
  await menu()
  expect(await status()).toBe(404)
})
