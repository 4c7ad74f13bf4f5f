import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { newBoard, paste, selects, visit, walkAndTake } from './on-board.ts'
import { badgeOf, hubOf, pressInto, rowOf } from './on-hub.ts'
import { expect, type Org, sandboxUrl, test } from './support.ts'

// A workspace that the other tests leave alone: Slack knows an app once, whoever connects it.
const workspace = 'globex-labs'
type Made = { channel: { id: string; messages: string[] } }

/** Connects Slack from the hub, in the tab that Slack's page opens in. */
async function connect(page: Page, org: Org): Promise<void> {
  await page.goto(hubOf(org))
  const row = rowOf(page, 'slack')
  const tab = await pressInto(page, row.getByRole('button', { name: 'Connect Slack' }))
  expect(new URL(tab.url()).searchParams.get('scope')).toMatch(/^channels:read,channels:history,/)
  await tab.getByRole('radio', { name: `sam@${workspace}` }).check()
  await tab.getByRole('button', { name: 'Allow' }).click()
  await expect(badgeOf(row)).toHaveText('Connected')
  await expect(row).toContainText('Globex Labs')
}

/** Says yes to disconnecting, in the hub. */
async function disconnect(page: Page, org: Org): Promise<void> {
  await page.goto(hubOf(org))
  await rowOf(page, 'slack').getByRole('button', { name: 'More actions for Slack' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  await page.getByRole('button', { name: 'Disconnect Slack' }).click()
  await expect(badgeOf(rowOf(page, 'slack'))).toHaveText('Disconnected')
}

test('Slack: an admin connects it, everybody reads its channels and messages on boards, and it is disconnected', async ({
  page,
  org,
  sandbox,
}) => {
  const [name, secret] = ['ops', 'payroll'].map((start) => `${start}-${randomUUID().slice(0, 6)}`)
  const messages = [{ user: 'sam', text: `The crank of ${name} squeaks\nWho has the oil?` }]
  const set = (channel: object) =>
    sandbox.control.set({ provider: 'slack', ...channel }) as Promise<unknown> as Promise<Made> // what the sandbox answers
  const { channel } = await set({ channel: { workspace, name, topic: 'What runs where', members: ['sam'], messages } })
  await set({ channel: { workspace, name: secret, private: true, members: ['sam'] } })
  await connect(page, org)
  const priya = await org.join('member', 'Priya Nair')
  const board = await newBoard(page, org)
  await visit(page, board)

  await page.keyboard.press('@')
  await page.keyboard.type(`${name}`)
  await selects(page, `#${name}`)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('dialog')).toContainText('Type `/invite @Plugboard` there')
  await page.keyboard.press('Escape')
  await sandbox.control.set({ provider: 'slack', invite: { workspace, channel: name } })

  await walkAndTake(page, { typed: `${name}`, found: `#${name}`, inside: `The crank of ${name} squeaks` })
  const channelCard = page.getByRole('group', { name: `Channel: #${name}` })
  await expect(channelCard).toBeFocused()
  await expect(channelCard).toContainText('What runs where')

  const [ts = ''] = channel.messages
  await paste(page, `${sandboxUrl}/slack-web/archives/${channel.id}/p${ts.replace('.', '')}`)
  const messageCard = page.getByRole('group', { name: `Message: The crank of ${name} squeaks` })
  await expect(messageCard).toContainText('by sam')
  await expect(messageCard).toContainText('Who has the oil?')

  await page.keyboard.press('@')
  await page.keyboard.type(`${secret}`)
  await expect(page.getByRole('dialog').locator('[data-live="polite"]')).toContainText(/^(?:No |0 )/)
  await page.keyboard.press('Escape')

  await visit(priya.page, board)
  await expect(priya.page.getByRole('group', { name: `Message: The crank of ${name} squeaks` })).toContainText('by sam')
  await expect(priya.page.getByRole('group', { name: `Channel: #${name}` })).toContainText('What runs where')

  await priya.page.goto(hubOf(org))
  await rowOf(priya.page, 'slack').getByRole('button', { name: 'More actions for Slack' }).click()
  await expect(priya.page.getByRole('menu')).toContainText('Only admins can disconnect Slack. Ask Dana Kim.')
  await visit(priya.page, board)
  await disconnect(page, org)
  await priya.page.reload()
  await expect(priya.page.getByText('Slack is disconnected').first()).toBeVisible()
  await expect(priya.page.getByText('squeaks')).toHaveCount(0)
})

test('a channel that an admin makes available is joined, and a pasted link to it is a card', async ({
  page,
  org,
  sandbox,
}) => {
  const name = `made-${randomUUID().slice(0, 6)}`
  const set = (channel: object) =>
    sandbox.control.set({ provider: 'slack', ...channel }) as Promise<unknown> as Promise<Made> // what the sandbox answers
  const { channel } = await set({ channel: { workspace, name, purpose: 'Parts', members: ['sam'] } })
  await connect(page, org)
  const board = await newBoard(page, org)
  await visit(page, board)
  await paste(page, `${sandboxUrl}/slack-web/archives/${channel.id}`)
  await expect(page.getByRole('group', { name: `Channel: #${name}` })).toContainText('Parts')
})
