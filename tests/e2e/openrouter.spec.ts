import { authorize, connectOpenrouter } from './on-ask.ts'
import { frame, newBoard, paste, selects, visit } from './on-board.ts'
import { badgeOf, hubOf, pressInto, rowOf } from './on-hub.ts'
import { expect, test } from './support.ts'

test('T-CON-12 OpenRouter is connected without typing anything: a challenge, and no client or secret anywhere', async ({
  page,
  org,
}) => {
  const sent: string[] = []
  page.context().on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto(hubOf(org))
  const row = rowOf(page, 'openrouter')
  const tab = await pressInto(page, row.getByRole('button', { name: 'Connect OpenRouter' }))
  const asked = new URL(tab.url()).searchParams
  expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/)
  expect(asked.get('code_challenge_method')).toBe('S256')
  expect([...asked.keys()].sort()).toEqual(['callback_url', 'code_challenge', 'code_challenge_method'])
  await authorize(tab)
  await expect(badgeOf(row)).toHaveAttribute('data-status', 'connected')
  expect(sent.join('\n')).not.toMatch(/client_secret|client_id|code_verifier|sk-or-v1/)
})

test('a model is found in the palette and by its link, is a card for everyone, and the key is deleted at OpenRouter', async ({
  page,
  org,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await connectOpenrouter(page, org)
  const board = await newBoard(page, org)
  await visit(page, board)
  await page.keyboard.press('@')
  await page.keyboard.type('GPT-4o-mini')
  await selects(page, 'OpenAI: GPT-4o-mini')
  await page.keyboard.press('Enter')
  const card = page.getByRole('group', { name: 'Model: OpenAI: GPT-4o-mini' })
  await expect(card).toBeFocused()
  await expect(card).toContainText('128K tokens of context')
  await expect(card).toContainText('$0.15 in, $0.60 out per 1M tokens')
  await paste(page, 'https://openrouter.ai/anthropic/claude-haiku-4.5')
  const pasted = page.getByRole('group', { name: 'Model: Anthropic: Claude Haiku 4.5' })
  await expect(pasted.locator('[data-card]')).toHaveAttribute('data-card', 'live')
  const priya = await org.join('member', 'Priya Nair')
  await visit(priya.page, board)
  await expect(priya.page.getByRole('group', { name: 'Model: OpenAI: GPT-4o-mini' })).toContainText('128K tokens')
  await page.goto(hubOf(org))
  await rowOf(page, 'openrouter').getByRole('button', { name: 'More actions for OpenRouter' }).click()
  await page.getByRole('menuitem', { name: 'Disconnect…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Disconnect OpenRouter?' })
  await dialog.getByRole('button', { name: 'Disconnect OpenRouter' }).click()
  await expect(badgeOf(rowOf(page, 'openrouter'))).toHaveAttribute('data-status', /disconnected|not_configured/)
  await expect(page.getByRole('link', { name: /OpenRouter's settings/ })).toHaveAttribute(
    'href',
    'https://openrouter.ai/settings/keys',
  )
  await visit(page, board)
  const [first = ''] = (await board.read()).objects.map(({ id }) => id)
  await expect(frame(page, first).locator('[data-card]')).not.toHaveAttribute('data-card', 'live')
})
