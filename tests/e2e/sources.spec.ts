import type { Page } from '@playwright/test'
import type { ResourceList, SourceAnswer } from '#lib/resources/schema.ts'
import { newColleague, site } from './on-atlassian.ts'
import { card, newBoard, options, paste, selects, visit } from './on-board.ts'
import { connectMeetings, connectOwn, connectShared, newDocuments, newHost, newWriter } from './on-sources.ts'
import { callApi, connectGithub, connectionsOf, expect, newFile, type Org, test } from './support.ts'

const where = (page: Page) => page.getByRole('navigation', { name: 'Where you are' }).locator('[aria-current]')

/** A source of each kind, GitHub by this account. */
async function connectFour(page: Page, org: Org, account: string): Promise<void> {
  await connectGithub(page, org, { account })
  for (const source of ['slack', 'sentry', 'openrouter'] as const) await connectShared(page, org, source)
}

test('T-PAL-6 an address of each of the sources becomes a card of its kind', async ({
  page,
  context,
  org,
  sandbox,
  account,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const url = await newFile(sandbox, account)
  await connectFour(page, org, account)
  for (const source of ['notion', 'intercom', 'bitbucket', 'logrocket'] as const) await connectShared(page, org, source)
  const colleague = await newColleague(sandbox)
  for (const source of ['jira', 'confluence'] as const) await connectOwn(page, org, source, colleague)
  const writer = await newWriter(sandbox)
  await connectOwn(page, org, 'google-docs', writer)
  const [documentUrl = ''] = await newDocuments(sandbox, writer, [
    { name: 'How orders are replayed', lines: ['First the letters'] },
  ])
  const search = async (query: string) => {
    const answer = await callApi<{ sources: SourceAnswer[] }>(page.request, 'GET', org.api(`/search?${query}`))
    return answer.sources[0]?.items ?? []
  }
  // one that happened today
  const issueUrl = (await search('q=api&kind=issue&provider=sentry')).find(({ body }) => body?.trend !== '')?.url ?? ''
  const [roadmap] = await search('q=roadmap&kind=database&provider=notion')
  const host = await newHost(sandbox, { account: 'acme', type: 2, cloudRecording: true }, [
    { topic: 'Who replays what', minutes: 40, inDays: -3, agenda: 'Letters, carriers, tea' },
  ])
  const [meeting] = await connectMeetings(page, org, host)
  const through = (await connectionsOf(page, org)).find(({ provider }) => provider === 'logrocket')
  const sessions = org.api(`/connections/${through?.id}/resources?kind=session`)
  const [replay] = (await callApi<ResourceList>(page.request, 'GET', sessions)).items
  const replayUrl = replay?.url ?? ''
  const board = await newBoard(page, org)
  await visit(page, board)
  const pasted: [string, string, string][] = [
    [url, 'File: retry.ts', 'main'],
    [`${site}/browse/ORD-102`, 'Issue: ORD-102', 'In Progress'],
    [`${site}/wiki/spaces/ENG/pages/98452/Replaying+dead+letters`, 'Page: Replaying dead letters', 'Engineering'],
    [documentUrl, 'Document: How orders are replayed', 'First the letters'],
    ['https://acme-corp.slack.com/archives/C05ENGINR01', 'Channel: #engineering', 'Questions are welcome'],
    [issueUrl, 'Issue: (?!ORD)', 'API-'],
    [`https://www.notion.so/acme/${roadmap?.id.replaceAll('-', '')}?v=1`, 'Database: Product roadmap', 'PostgreSQL 18'],
    ['https://bitbucket.org/acme/shop-theme', 'Repository: acme/shop-theme', 'public'],
    ['https://intercom.help/acme/en/articles/9005-idempotency-keys', 'Article: Idempotency keys', 'Required for POST'],
    [`https://us02web.zoom.us/j/${meeting?.id}`, 'Meeting: Who replays what', '40 min'],
    ['https://app.logrocket.com/acme/web', 'Project: acme/web', 'LogRocket has no list of all of them'],
    [replayUrl, 'Session: ', 'Last viewed by'],
    ['https://openrouter.ai/openai/gpt-4o-mini', 'Model: OpenAI: GPT-4o-mini', '128K tokens of context'],
  ]
  for (const [address, name, words] of pasted) {
    await paste(page, address)
    await expect(card(page, new RegExp(`^${name}`))).toContainText(words)
  }
  const issue = card(page, /^Issue: (?!ORD)/)
  await expect(issue.getByRole('img', { name: /^Last 24 hours: [\d,]+ events, at most [\d,]+ an hour/ })).toBeVisible()
  await expect(issue).toContainText(/(Fatal|Error|Warning|Info|Debug)/)
  expect(await page.locator('main').textContent()).not.toMatch(/@acme\.example/)
  // the fullest card needs no more room than a locked one of its size has; all of them are near enough to be read
  await page.setViewportSize({ width: 1280, height: 3200 })
  const { objects } = await board.read()
  for (const [size, height] of Object.entries({ S: 168, M: 248, L: 352 })) {
    for (const { id } of objects) await callApi(page.request, 'PATCH', board.api(`/objects/${id}`), { size })
    await page.reload()
    await expect(page.locator('[data-card="live"]')).toHaveCount(objects.length)
    const heights = await page.locator('[data-card]').evaluateAll((all) => all.map((one) => one.clientHeight + 2))
    expect(heights).toEqual(objects.map(() => height))
  }
})

test('one walks by keyboard from a project to an issue to an event, and adds it', async ({ page, org }) => {
  await connectShared(page, org, 'sentry')
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await selects(page, 'GitHub')
  const chosen = page.getByRole('option', { selected: true })
  for (let steps = 0; steps < 13 && !(await chosen.textContent())?.includes('Sentry'); steps++)
    await page.keyboard.press('ArrowDown')
  await selects(page, 'Sentry')
  await page.keyboard.press('Enter')
  await page.keyboard.type('worker')
  await selects(page, 'worker')
  await page.keyboard.press('ArrowRight')
  await expect(where(page)).toHaveText('worker')
  await expect(options(page).first()).toContainText('Issue')
  const issue = (await options(page).first().locator('span span').first().textContent()) ?? ''
  await page.keyboard.press('ArrowRight')
  await expect(where(page)).toHaveText(issue)
  await expect(options(page).first()).toContainText('Event')
  await page.keyboard.press('Enter')
  await expect(card(page, /^Event: /)).toContainText('Environment')
})

test('one walks from a channel to a message; messages are not searched until an admin turns that on', async ({
  page,
  org,
  sandbox,
}) => {
  await connectShared(page, org, 'slack')
  // Plugboard is in no channel by itself
  await sandbox.control.set({ provider: 'slack', invite: { channel: 'engineering' } })
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await page.keyboard.type('engin')
  await selects(page, '#engineering')
  const closed = page.getByRole('option', { name: 'Search messages for “engin”' })
  await expect(closed).toContainText('Slack · Message search is off. Open its settings.')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('Type checks')
  await selects(page, 'Type checks take 41 s')
  await page.keyboard.press('Enter')
  const message = card(page, /^Message: Type checks take 41 s/)
  await expect(message).toContainText('by lee')
  await expect(message).toContainText('2 replies')

  await page.keyboard.press('@')
  await page.keyboard.type('engin')
  const tab = page.waitForEvent('popup')
  await closed.click()
  await (await tab).waitForURL(/\/settings\/integrations\/slack\/config$/)
  await expect(page.getByRole('combobox')).toHaveValue('engin')
})

test('T-PAL-8 an admin connects for everyone from the palette and is back at the same question, answered', async ({
  page,
  org,
}) => {
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await page.keyboard.type('gpt-4o-mini')
  const row = page.getByRole('option', { name: /OpenRouter\s*Connect it for everyone/ })
  await expect(row).toBeVisible()
  const opened = page.waitForEvent('popup')
  await row.click()
  const tab = await opened
  await tab.getByRole('button', { name: /^Authorize/ }).click()
  await selects(page, 'GPT-4o-mini')
  await expect(page.getByRole('combobox')).toHaveValue('gpt-4o-mini')
  await page.getByRole('combobox').press('Enter')
  await expect(card(page, /^Model: OpenAI: GPT-4o-mini/)).toBeVisible()
})

test('a member is led to where they can ask for a source', async ({ org, page }) => {
  const { page: priya } = await org.join('member', 'Priya Nair')
  await visit(priya, await newBoard(page, org))
  await priya.keyboard.press('@')
  const row = priya.getByRole('option', { name: /^Slack/ })
  await expect(row).toContainText('Request in Integrations')
  const tab = priya.waitForEvent('popup')
  await row.click()
  await (await tab).waitForURL(/\/settings\/integrations#slack$/)
})

test('X-08 X-23 while sources are asked their groups wait in order, say who is slow, and nothing is called empty', async ({
  page,
  org,
  account,
}) => {
  await connectFour(page, org, account)
  await visit(page, await newBoard(page, org))
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/search?**', async (route) => {
    await held
    await route.fulfill({ response: await route.fetch() })
  })
  await page.keyboard.press('@')
  await page.keyboard.type('api')
  const dialog = page.getByRole('dialog')
  const names = ['GitHub', 'Slack', 'Sentry', 'OpenRouter']
  for (const name of names) await expect(page.getByRole('group', { name: `${name} ${name} is slow…` })).toBeVisible()
  await expect(dialog).not.toContainText(/Nothing in|No results/)
  const shift = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let moved = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += Number(Reflect.get(entry, 'value'))
        }).observe({ type: 'layout-shift' })
        setTimeout(() => resolve(moved), 2_000)
      }),
  )
  release()
  const field = page.getByRole('combobox', { name: 'Find something, or paste a link' })
  await expect(page.getByRole('group', { name: 'Sentry' }).getByRole('option').first()).toBeVisible()
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  const active = await field.getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true')
  const order = await dialog
    .locator('[data-group]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-group')))
  expect(order).toEqual(['github', 'slack', 'sentry', 'openrouter', 'closed', 'search'])
  await expect(dialog.locator('[data-live="polite"]')).toHaveText(/^\d+ results, \d sources?$/)
  expect(await shift).toBeLessThanOrEqual(0.05)
})

test('X-23 a source that answers late, above the others, moves nothing under the reader and takes nothing from Enter', async ({
  page,
  org,
  account,
}) => {
  await connectFour(page, org, account)
  // the real answers, each given when the test says so
  await page.addInitScript(() => {
    const real = window.fetch
    window.fetch = async (...asked) => {
      const answer = await real(...asked)
      if (!answer.url.includes('/search?')) return answer
      const lines = (await answer.text()).trim().split('\n')
      const body = new ReadableStream<Uint8Array>({
        start: (stream) => {
          const give = (provider: string) => {
            const line = lines.find((one) => one.includes(`"provider":"${provider}"`))
            stream.enqueue(new TextEncoder().encode(`${line}\n`))
          }
          Reflect.set(window, 'give', give)
          Reflect.set(window, 'asked', Reflect.get(window, 'asked') + 1)
        },
      })
      return new Response(body, { headers: answer.headers })
    }
    Reflect.set(window, 'asked', 0)
    Reflect.set(window, 'moved', 0)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        Reflect.set(window, 'moved', Reflect.get(window, 'moved') + Number(Reflect.get(entry, 'value')))
    }).observe({ type: 'layout-shift' })
  })
  await visit(page, await newBoard(page, org))
  await page.keyboard.press('@')
  await page.keyboard.type('a')
  const list = page.getByRole('listbox', { name: 'Results' })
  await expect(page.getByRole('group', { name: /^OpenRouter .*is slow…$/ })).toBeVisible()
  const askedTimes = (times: number) => page.waitForFunction((wanted) => Reflect.get(window, 'asked') === wanted, times)
  await askedTimes(1)
  await page.evaluate(() => Reflect.set(window, 'moved', 0)) // from what waits to what came; the board is another's
  const give = async (provider: string) => {
    await page.evaluate((name) => Reflect.get(window, 'give')(name), provider)
    await expect(list.locator(`[data-group="${provider}"]`)).not.toContainText('is slow')
  }
  await give('openrouter')
  const taken = await page.getByRole('option', { selected: true }).textContent()
  for (const provider of ['sentry', 'slack', 'github']) await give(provider)
  expect(await list.locator('[data-group="sentry"], [data-group="slack"]').getByRole('option').count()).toBeGreaterThan(
    4,
  )
  expect(await page.getByRole('option', { selected: true }).textContent()).toBe(taken)
  await expect(page.getByRole('option', { selected: true })).toBeInViewport()
  await page.waitForTimeout(100) // what moved is told after the frame in which it did
  expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toBeLessThanOrEqual(0.05)
  // the same question again: what is known of it stays while it is asked once more
  await page.keyboard.press('Backspace')
  await page.keyboard.type('a')
  await expect(options(page).filter({ hasText: taken ?? '' })).toHaveCount(1)
  await askedTimes(2)
  await give('github')
  await expect(options(page).filter({ hasText: taken ?? '' })).toHaveCount(1)
})
