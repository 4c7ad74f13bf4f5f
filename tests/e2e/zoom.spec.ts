import { randomUUID } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import type { ProviderView } from '#lib/connections/schema.ts'
import { expectNoBarriers } from './axe.ts'
import { card, newBoard, paste, selects, visit } from './on-board.ts'
import { badgeOf, disconnect, hubOf, pressInto, rowOf } from './on-hub.ts'
import { type Host, newHost } from './on-sources.ts'
import { callApi, expect, type Org, test } from './support.ts'

const pathOf = (org: Org, rest = ''): string => org.path(`/settings/integrations/zoom${rest}`)
const warned =
  'Free Zoom plans do not support cloud recordings. Meeting metadata will still be tracked, but transcripts require a Pro or higher plan.'

/** Connects Zoom from the hub, in the tab that Zoom's page opens in. */
async function connect(page: Page, org: Org, { email }: Host): Promise<Locator> {
  await page.goto(hubOf(org))
  const row = rowOf(page, 'zoom')
  await expect(row).toContainText('Everyone in Acme will see the meetings of the person who connects.')
  const tab = await pressInto(page, row.getByRole('button', { name: 'Connect Zoom' }))
  expect(new URL(tab.url()).searchParams.has('scope')).toBe(false)
  await tab.locator(`input[name="account"][value="${email}"]`).check()
  await tab.getByRole('button', { name: 'Allow' }).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  return row
}

const connectionOf = async (page: Page, org: Org): Promise<string> =>
  (await callApi<ProviderView>(page.request, 'GET', org.api('/integrations/zoom'))).slots[0]?.connection?.id ?? ''

const capability = (page: Page, name: string): Locator =>
  page.getByRole('row', { name: new RegExp(name) }).getByRole('cell')

test('T-ZOM-1 T-ZOM-2 T-ZOM-3 a free plan: its account is named, the sentence is told, it is Connected and meetings are read', async ({
  page,
  org,
  sandbox,
}) => {
  const topic = `Intro ${randomUUID().slice(0, 6)}`
  const lee = await newHost(sandbox, { account: 'park', type: 1 }, [
    { topic, inDays: 2 },
    { topic: 'One that was', minutes: 20, inDays: -2 }, // whose participants a free plan does not tell
  ])
  await page.goto(pathOf(org))
  await expect(page.getByRole('main')).toContainText(
    'Everyone in Acme will see the meetings of the person who connects.',
  )
  await expect(page.getByRole('main')).toContainText('a newer authorization ends the older one')
  const row = await connect(page, org, lee)
  await expect(row).toContainText(lee.email)
  await expect(row.getByText('Free plan: no recordings').filter({ visible: true })).toBeVisible()
  await expect(badgeOf(row)).toHaveAttribute('data-signal', 'green')
  await expect(row).toContainText(`${lee.email} · Basic (free) plan`)
  await row.getByRole('link', { name: 'Details: Zoom' }).click()

  await page.waitForURL(/\/zoom#plan$/)
  const main = page.getByRole('main')
  await expect(main.getByText(warned, { exact: true })).toBeVisible()
  await expect(main.getByText('Plan: Basic (free)', { exact: true })).toBeVisible()
  await expect(capability(page, 'Meetings: topic')).toHaveText(/Included$/)
  for (const name of ['List of participants', 'Cloud recordings', 'Transcripts'])
    await expect(capability(page, name)).toHaveText(/Not on your plan$/)
  await expect(badgeOf(main)).toHaveText('Connected')
  await expectNoBarriers(page, 'a free plan')

  await page.goto(pathOf(org, '/resources'))
  const available = page.getByRole('switch', { name: `${topic} available on boards` })
  await expect(available).not.toBeChecked()
})

test('T-ZOM-4 after an upgrade Check again takes the warning away; cloud recording that is off is told', async ({
  page,
  org,
  sandbox,
}) => {
  const priya = await newHost(sandbox, { account: 'acme', type: 1 })
  await connect(page, org, priya)
  await page.goto(pathOf(org))
  const main = page.getByRole('main')
  await expect(main.getByText(warned, { exact: true })).toBeVisible()
  await priya.set({ type: 2, cloudRecording: true })
  await main.getByRole('button', { name: 'Check again' }).click()
  await expect(main.getByText('Plan: Licensed', { exact: true })).toBeVisible()
  await expect(main.getByText(warned, { exact: true })).toHaveCount(0)
  await expect(capability(page, 'Cloud recordings')).toHaveText(/Included$/)

  await priya.set({ cloudRecording: false })
  await main.getByRole('button', { name: 'Check now' }).click()
  await expect(main.getByText('Cloud recording is off in Zoom settings.', { exact: true })).toBeVisible()
  await expect(badgeOf(main)).toHaveText('Connected')
  await expectNoBarriers(page, 'cloud recording is off')
})

test('Zoom: an admin connects it and allows a meeting, everybody reads it on boards, a newer consent ends it, and it is disconnected', async ({
  page,
  context,
  org,
  sandbox,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const topic = `Retro ${randomUUID().slice(0, 6)}`
  const ines = await newHost(sandbox, { account: 'acme', type: 2, cloudRecording: true }, [
    { topic, minutes: 30, inDays: -3 },
  ])
  await connect(page, org, ines)
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  const connection = await connectionOf(page, org)
  const { items } = await callApi<{ items: { id: string; title: string; url: string }[] }>(
    page.request,
    'GET',
    org.api(`/connections/${connection}/resources?kind=meeting&switches=1`),
  )
  const meeting = items.find(({ title }) => title === topic)
  expect(meeting, 'the meeting is read').toBeDefined()
  await visit(page, board)
  await paste(page, meeting?.url ?? '')
  await expect(page.getByText("This meeting isn't available on boards.").first()).toBeVisible()

  await page.goto(pathOf(org, '/resources'))
  await page.getByRole('switch', { name: `${topic} available on boards` }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`Everyone in Acme who can open a board can see when “${topic}” takes place`)
  await question.getByRole('button', { name: 'Make available' }).click()
  await expect(page.getByRole('switch', { name: `${topic} available on boards` })).toBeChecked()

  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type(topic)
  await selects(page, topic)
  await page.keyboard.press('Enter')
  await expect(card(page, `Meeting: ${topic}`)).toContainText('30 min')
  await page.getByRole('heading', { level: 1 }).first().click()
  await paste(page, `https://us02web.zoom.us/j/${meeting?.id}?pwd=not-real.1`)
  await expect(page.getByRole('main').getByText('Already on this board.')).toBeVisible()
  await visit(priya.page, board)
  await expect(card(priya.page, `Meeting: ${topic}`).first()).toContainText('30 min')
  await expect(priya.page.getByRole('main')).not.toContainText('@acme.example')

  await sandbox.control.revoke({ provider: 'zoom', account: ines.email })
  await page.goto(pathOf(org))
  await page.getByRole('main').getByRole('button', { name: 'Check now' }).click()
  await expect(badgeOf(page.getByRole('main'))).toHaveText('Needs re-auth')
  await expect(page.getByRole('main')).toContainText('Zoom keeps one authorization of a person for Plugboard.')

  await disconnect(page, org, 'Zoom')
  await priya.page.reload()
  await expect(priya.page.getByText('Zoom is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText('30 min')).toHaveCount(0)
})
