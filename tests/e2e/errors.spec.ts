import type { Page, Route } from '@playwright/test'
import { Problem, type ProblemKind, problemBody } from '#lib/platform/problem.ts'
import { fill, settled } from './crawl.ts'
import { expect, type House, test } from './house.ts'
import { answersKeys } from './on-board.ts'
import { hubOf, rowOf } from './on-hub.ts'
import { appUrl, test as own } from './support.ts'

/** What no error says, whatever failed. */
const RAW = /\bundefined\b|\bnull\b|\[object|\bNaN\b|<\/?html|Unexpected token|at line|\bstack\b/
const BANNED = /\boops\b|\bplease\b|\bsorry\b|\bforbidden\b|\binvalid\b(?<!Connection invalid)/i
/** A way out, in words of ours. */
const HOW = /[Tt]ry again|Retry|Reload|Ask |Check |Wait|Choose|Enter|Connect|Sign in|Start again|Send less|again in/

type Answer = { name: string; fulfill: (route: Route) => Promise<void> }
const ours = (kind: ProblemKind): Answer => {
  const body = problemBody(new Problem(kind), '0d9f6b5e-3f1c-4b7a-9b55-3f6f3a0f2f11')
  const { status } = body
  return {
    name: kind,
    fulfill: (route) => route.fulfill({ status, contentType: 'application/problem+json', json: body }),
  }
}
/** What our API may answer with, what may stand between us and the browser, and nothing at all. */
const answers: readonly Answer[] = [
  ours('forbidden'),
  ours('not-found'),
  ours('body-too-large'),
  ours('unexpected'),
  { name: 'a proxy’s page', fulfill: (route) => route.fulfill({ status: 502, body: '<html>Bad gateway</html>' }) },
  { name: 'null', fulfill: (route) => route.fulfill({ status: 500, json: null }) },
  {
    name: 'a problem without words',
    fulfill: (route) => route.fulfill({ status: 409, json: { type: '/problems/conflict' } }),
  },
  { name: 'no answer', fulfill: (route) => route.abort('connectionreset') },
]

const linesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not said
    document.body.innerText
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  )

type Act = { address: string; asks: string; method: string; act: (page: Page) => Promise<void> }

/** Lets what a press asks for fail in every way, and reads what the page says then. */
async function failEveryWay(page: Page, open: () => Promise<void>, { asks, method, act }: Omit<Act, 'address'>) {
  for (const { name, fulfill } of answers) {
    await open()
    const before = new Set(await linesOf(page))
    await page.route(asks, (route) => (route.request().method() === method ? fulfill(route) : route.fallback()))
    await act(page)
    let said = ''
    await expect(async () => {
      said = (await linesOf(page)).filter((line) => !before.has(line)).join('\n')
      expect(said, `${name}: what to do`).toMatch(HOW)
    }).toPass({ timeout: 15_000 })
    expect.soft(said, `${name}: words`).not.toMatch(RAW)
    expect.soft(said, `${name}: words`).not.toMatch(BANNED)
    await page.unroute(asks)
  }
}

const button = (name: string | RegExp) => async (page: Page) => {
  await page
    .getByRole('main')
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
}
const PROVIDER = '/[org]/settings/integrations/[provider]'

const acts: Record<string, Act> = {
  'asking for the statuses': {
    address: '/[org]/settings/integrations',
    asks: '**/integrations',
    method: 'GET',
    act: button('Refresh statuses'),
  },
  'checking a connection': { address: PROVIDER, asks: '**/verify', method: 'POST', act: button('Check now') },
  'saving the config': {
    address: `${PROVIDER}/config`,
    asks: '**/integrations/github',
    method: 'PATCH',
    act: async (page) => {
      await page.getByRole('radio', { name: 'Any member' }).check()
      await button('Save')(page)
    },
  },
  'disabling a tool': {
    address: `${PROVIDER}/config`,
    asks: '**/integrations/github',
    method: 'PATCH',
    act: button('Disable GitHub'),
  },
  disconnecting: {
    address: PROVIDER,
    asks: '**/connections/*',
    method: 'DELETE',
    act: async (page) => {
      await button('Disconnect…')(page)
      await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect GitHub' }).click()
    },
  },
  'making a board': {
    address: '/[org]/boards',
    asks: '**/boards',
    method: 'POST',
    act: async (page) => {
      await button('New board')(page)
      await page.getByRole('dialog').getByLabel('Name').fill('Quay')
      await page.getByRole('button', { name: 'Create board' }).click()
    },
  },
  'inviting somebody': {
    address: '/[org]/settings/members',
    asks: '**/invitations',
    method: 'POST',
    act: async (page) => {
      await page.getByLabel('Email addresses').fill('ada@acme.test')
      await button('Invite')(page)
    },
  },
  'renaming the organization': {
    address: '/[org]/settings/general',
    asks: '**/api/v1/orgs/*',
    method: 'PATCH',
    act: async (page) => {
      await page.getByLabel('Organization name').fill('Acme Harbour')
      await button('Save')(page)
    },
  },
}

test.describe('X-22 whatever fails says what happened and what to do, in words', () => {
  for (const [name, { address, ...act }] of Object.entries(acts))
    test(name, async ({ visit, house }: { visit: (who: 'member') => Promise<Page>; house: House }) => {
      test.setTimeout(180_000)
      const page = await visit('member')
      page.on('dialog', (dialog) => void dialog.accept())
      const open = async () => {
        await page.goto(fill(address, house.values))
        await settled(page)
        await answersKeys(page)
      }
      await failEveryWay(page, open, act)
    })
})

own('X-22 a request that fails says what happened and what to do', async ({ org }) => {
  own.setTimeout(180_000)
  const { page } = await org.join('member', 'Priya Nair')
  const open = async () => {
    await page.goto(hubOf(org))
    await answersKeys(page)
    await page.waitForLoadState('networkidle')
  }
  await failEveryWay(page, open, {
    asks: '**/connection-requests',
    method: 'POST',
    act: async () => {
      await rowOf(page, 'slack').getByRole('button', { name: 'Request Slack' }).click()
      await page.getByRole('button', { name: 'Send request' }).click()
    },
  })
})

own('X-22 a page that is not there, or not theirs, says so and leads on', async ({ org }) => {
  const { page } = await org.join('guest', 'Gil Vega')
  for (const [address, status] of [
    ['/settings/integrations', 403],
    ['/settings/integrations/github', 403],
    ['/boards/0d9f6b5e-3f1c-4b7a-9b55-3f6f3a0f2f11', 404],
    ['/no/such/page', 404],
  ] as const) {
    const response = await page.goto(org.path(address))
    expect.soft(response?.status(), address).toBe(status)
    const words = (await page.getByRole('main').textContent()) ?? ''
    expect.soft(words, address).toMatch(status === 403 ? /Ask / : /Check the address/)
    expect.soft(words, address).not.toMatch(RAW)
    expect.soft(words, address).not.toMatch(BANNED)
    if (status === 404) await expect.soft(page.getByRole('main').getByRole('link').first(), address).toBeVisible()
  }
})

own(
  'X-22 every answer of our API that is no success is a problem with words and a request id',
  async ({ page, org }) => {
    const asked: [method: string, address: string, body?: unknown][] = [
      ['GET', org.api('/nothing')],
      ['GET', org.api('/boards/0d9f6b5e-3f1c-4b7a-9b55-3f6f3a0f2f11')],
      ['POST', org.api('/boards'), {}],
      ['POST', org.api('/connection-requests'), { provider: 'asana' }],
      ['POST', org.api('/connection-requests'), { provider: 'zoom' }],
      ['POST', org.api('/connection-requests'), { provider: 'slack' }],
      ['PATCH', org.api('/integrations/slack'), { options: { telepathy: true } }],
      ['GET', '/api/v1/orgs/never-was/boards'],
    ]
    for (const [method, address, data] of asked) {
      const response = await page.request.fetch(address, {
        method,
        headers: { origin: appUrl },
        ...(data === undefined ? {} : { data }),
      })
      const where = `${method} ${address}: ${response.status()}`
      expect.soft(response.status(), where).toBeGreaterThanOrEqual(400)
      const text = await response.text()
      expect.soft(text, where).toMatch(/"type":"\/problems\/[a-z-]+"/)
      expect.soft(text, where).toMatch(/"requestId":"[0-9a-f-]{36}"/)
      expect.soft(text, where).toMatch(/"detail":"[A-Z“][^"]{10,}"/)
      expect.soft(text, where).not.toMatch(/undefined|\[object/)
    }
  },
)
