import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { frame, newBoard, paste, said, selects, visit } from './on-board.ts'
import { callApi, expect, type Org, test } from './support.ts'

const PATH = '/settings/integrations/slack/resources'
/** As many calls as all tests at once may need: the workspaces of the simulated Slack are the same for all. */
const limits = { 'conversations.list': 5000, 'conversations.info': 5000, 'conversations.join': 5000 }

/** Connects Slack for everybody, as the person of this page. */
async function connectSlack(page: Page, org: Org, account = 'dana@acme-corp'): Promise<void> {
  const wanted = { provider: 'slack', slot: 'organization' }
  const address = org.api('/connect-attempts')
  const { authorizeUrl } = await callApi<{ authorizeUrl: string }>(page.request, 'POST', address, wanted)
  const tab = await page.context().newPage()
  await tab.goto(authorizeUrl)
  await tab.getByRole('radio', { name: new RegExp(account) }).check()
  await tab.getByRole('button', { name: 'Allow' }).click()
  await tab.waitForURL(/\/connect\/result\//)
  await tab.close()
}

const connectionOf = async (page: Page, org: Org): Promise<string> => {
  const { slots } = await callApi<{ slots: { connection: { id: string } }[] }>(
    page.request,
    'GET',
    org.api('/integrations/slack'),
  )
  return slots[0]?.connection.id ?? ''
}

type Channel = { id: string; name: string; title: string; url: string }

/** A channel of this test's own in which Plugboard is. */
async function newChannel(sandbox: SandboxClient, settings: { private?: boolean } = {}): Promise<Channel> {
  const name = `w${randomUUID().slice(0, 8)}`
  const topic = `topic of ${name}`
  const made = await sandbox.control.set({ provider: 'slack', limits, channel: { name, topic, ...settings } })
  await sandbox.control.set({ provider: 'slack', invite: { channel: name } })
  const { id } = made.channel as { id: string } // as the sandbox answers
  return { id, name, title: `#${name}`, url: `https://acme-corp.slack.com/archives/${id}` }
}

const switchOf = (page: Page, { title }: Channel) => page.getByRole('switch', { name: `${title} available on boards` })
const boxOf = (page: Page, title: string) => page.getByRole('checkbox', { name: title, exact: true })
const rows = (page: Page) => page.locator('tr[data-row]')
const card = (page: Page, id: string) => frame(page, id).locator('[data-card]')

/** How many times the list is asked for from now on. */
function countAsked(page: Page): () => number {
  let asked = 0
  page.on('request', (request) => {
    if (/\/resources\?/.test(request.url())) asked += 1
  })
  return () => asked
}

test('T-RES-1 a private channel is off, is neither found nor pasted, and is everybody’s once an admin has turned it on', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connectSlack(page, org)
  const channel = await newChannel(sandbox, { private: true })
  const board = await newBoard(page, org)
  await visit(page, board)
  await paste(page, channel.url)
  await expect(
    page.getByRole('main').getByText("This channel isn't available on boards. You can allow it in Integrations"),
  ).toBeVisible()
  await expect(page.locator('[data-object]')).toHaveCount(0)
  await page.locator('[data-add="reference"]').click()
  await page.getByRole('combobox').fill(channel.name)
  await expect(page.getByText(`Nothing in Slack for “${channel.name}”`)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.goto(org.path(PATH))
  await expect(
    page.getByRole('navigation', { name: 'Slack sections' }).getByRole('link', { name: 'Resources' }),
  ).toHaveAttribute('aria-current', 'page')
  await expect(switchOf(page, channel)).not.toBeChecked()
  await switchOf(page, channel).click()
  const question = page.getByRole('alertdialog', { name: `Make ${channel.title} available?` })
  await expect(question).toContainText(
    `Everyone in Acme who can open a board can read messages from ${channel.title}, even if they aren't in the channel.`,
  )
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(switchOf(page, channel)).not.toBeChecked()
  await switchOf(page, channel).click()
  await question.getByRole('button', { name: 'Make available' }).click()
  await expect(switchOf(page, channel)).toBeChecked()
  await expect(said(page)).toHaveText(`${channel.title} available on boards.`)

  const sam = await org.join('member', 'Sam Ortiz')
  await visit(sam.page, board)
  await sam.page.locator('[data-add="reference"]').click()
  await sam.page.getByRole('combobox').fill(channel.name)
  await selects(sam.page, channel.title)
  const told = `Everyone in Acme who can open this board will be able to read ${channel.title}`
  await expect(sam.page.getByText(told)).toBeVisible()
  await sam.page.keyboard.press('Enter')
  await expect(sam.page.locator('[data-card="live"]')).toContainText(channel.title)

  await visit(page, board)
  const again = await newChannel(sandbox, { private: true })
  await callApi(
    page.request,
    'PATCH',
    org.api(`/connections/${await connectionOf(page, org)}/resources/channel/${again.id}`),
    {
      onBoards: true,
    },
  )
  await paste(page, again.url)
  const choice = page.getByRole('group', { name: 'Show the link as' })
  await expect(choice).toContainText(`will be able to read ${again.title}`)
})

test('T-RES-2 a channel that is turned off is gone from every open board by itself, and an admin is led to where it is changed', async ({
  page,
  org,
  sandbox,
}) => {
  await connectSlack(page, org)
  const [channel, other] = [await newChannel(sandbox), await newChannel(sandbox)]
  const board = await newBoard(page, org)
  const [id, stays] = [
    await board.add({ type: 'reference', url: channel.url }),
    await board.add({ type: 'reference', url: other.url }),
  ]
  const sam = await org.join('member', 'Sam Ortiz')
  await visit(sam.page, board)
  await expect(card(sam.page, id)).toHaveAttribute('data-card', 'live')
  await expect(card(sam.page, stays)).toHaveAttribute('data-card', 'live')
  await expect(frame(sam.page, id)).toContainText(`topic of ${channel.name}`)

  await page.goto(org.path(PATH))
  await switchOf(page, channel).click()
  await expect(switchOf(page, channel)).not.toBeChecked()
  await expect(card(sam.page, id)).toHaveAttribute('data-card', 'not_shared')
  await expect(frame(sam.page, id)).toContainText("This channel isn't available on boards")
  expect(await sam.page.content()).not.toContain(channel.name)
  await expect(card(sam.page, stays)).toHaveAttribute('data-card', 'live')
  await expect(frame(sam.page, id).getByRole('button', { name: 'Ask an admin' })).toBeVisible()

  await visit(page, board)
  await frame(page, id).getByRole('button', { name: 'Change' }).click()
  await page.waitForURL(org.path(PATH))
  await switchOf(page, channel).click()
  await expect(switchOf(page, channel)).toBeChecked()
  await expect(card(sam.page, id)).toHaveAttribute('data-card', 'live')
})

test('T-RES-3 of two thousand channels no more than a hundred rows are drawn, and typing asks once, not at every key', async ({
  page,
  org,
  sandbox,
}) => {
  const prefix = `team-${randomUUID().slice(0, 6)}`
  await sandbox.control.set({
    provider: 'slack',
    limits,
    fill: { workspace: 'globex-labs', prefix, count: 2000 },
  })
  await connectSlack(page, org, 'dana@globex-labs')
  await page.goto(org.path(PATH))
  await expect(page.getByText(/^Showing 50 of 2,\d{3}$/)).toBeVisible()
  await expect(rows(page)).toHaveCount(50)
  for (const shown of [100, 150, 200]) {
    await page.getByRole('button', { name: 'Load 50 more' }).click()
    await expect(page.getByText(new RegExp(`^Showing ${shown} of 2,`))).toBeVisible()
  }
  expect(await rows(page).count()).toBeLessThanOrEqual(100)
  await expect(page.locator('table')).toHaveAttribute('aria-rowcount', '201')
  await page.getByRole('button', { name: 'Load 50 more' }).scrollIntoViewIfNeeded()
  await expect(page.locator('tr[aria-rowindex="201"]')).toBeVisible()
  expect(await rows(page).count()).toBeLessThanOrEqual(100)

  const asked = countAsked(page)
  const field = page.getByRole('searchbox', { name: 'Search channels' })
  await field.pressSequentially(`${prefix}-199`, { delay: 10 })
  await expect(page.getByText('11 channels')).toBeVisible()
  expect(asked()).toBeLessThanOrEqual(2)
})

test('a short list is searched without asking; several are chosen with Shift and Space and switched at once', async ({
  page,
  org,
  sandbox,
}) => {
  await connectSlack(page, org)
  const mark = `x${randomUUID().slice(0, 6)}`
  const names = ['a', 'b', 'c', 'd'].map((part) => `${mark}-${part}`)
  for (const name of names)
    await sandbox.control.set({ provider: 'slack', limits, channel: { name, private: name.endsWith('c') } })
  await sandbox.control.set({ provider: 'slack', invite: { channel: `${mark}-c` } })
  await page.goto(org.path(PATH))
  await expect(rows(page).first()).toBeVisible()
  const asked = countAsked(page)
  await boxOf(page, `#${mark}-a`).focus()
  await page.keyboard.type(mark)
  await expect(page.getByRole('searchbox', { name: 'Search channels' })).toHaveValue(mark)
  await expect(rows(page)).toHaveCount(4)
  await expect(page.getByText('4 channels')).toBeVisible()
  expect(asked()).toBe(0)

  await boxOf(page, `#${mark}-a`).focus()
  await page.keyboard.press('Space')
  await boxOf(page, `#${mark}-c`).focus()
  await page.keyboard.press('Shift+Space')
  await expect(page.getByRole('main').getByText('3 selected', { exact: true })).toBeVisible()
  for (const part of ['a', 'b', 'c']) await expect(boxOf(page, `#${mark}-${part}`)).toBeChecked()
  await page.getByRole('button', { name: 'Make available' }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`can read messages from #${mark}-c,`)
  await expect(question).not.toContainText(`#${mark}-a`)
  await question.getByRole('button', { name: 'Make available' }).click()
  await expect(page.getByRole('switch', { name: `#${mark}-c available` })).toBeChecked()
  await page.getByRole('button', { name: 'Take off boards' }).click()
  await expect(said(page)).toHaveText('3 taken off boards.')
  for (const part of ['a', 'b', 'c'])
    await expect(page.getByRole('switch', { name: `#${mark}-${part} available` })).not.toBeChecked()
  await expect(page.getByRole('switch', { name: `#${mark}-d available` })).toBeChecked()
  await page.reload()
  await expect(page.getByRole('switch', { name: `#${mark}-b available` })).not.toBeChecked()
})

test('a member reads what is available and whom to ask; without a connection, or while it is off, the page says so', async ({
  page,
  org,
  sandbox,
}) => {
  await page.goto(org.path(PATH))
  await expect(page.getByText('Slack is not connected.')).toBeVisible()
  await connectSlack(page, org)
  const [open, closed] = [await newChannel(sandbox), await newChannel(sandbox, { private: true })]
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(org.path(PATH))
  await expect(sam.page.getByText('Only admins can change what is available on boards. Ask Dana Kim.')).toBeVisible()
  await expect(sam.page.getByRole('row', { name: new RegExp(open.title) })).toContainText('Available')
  await expect(sam.page.getByRole('switch')).toHaveCount(0)
  expect(await sam.page.content()).not.toContain(closed.name)
  await callApi(page.request, 'PATCH', org.api('/integrations/slack'), { enabled: false })
  await page.goto(org.path(PATH))
  await expect(page.getByText('Slack is disabled.')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [1280, 375])
    test(`X-01 axe finds nothing serious on the switches, ${colorScheme} at ${width} px`, async ({
      page,
      org,
      sandbox,
    }) => {
      await connectSlack(page, org)
      const channel = await newChannel(sandbox, { private: true })
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await page.goto(org.path(PATH))
      await page.getByRole('searchbox', { name: 'Search channels' }).fill(channel.name)
      await boxOf(page, channel.title).check()
      await page.getByRole('searchbox', { name: 'Search channels' }).fill('')
      await boxOf(page, channel.title).focus()
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
      }
      expect(await look()).toEqual([])
      await switchOf(page, channel).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      expect(await look()).toEqual([])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(width)
    })
