// What the tests of asking share: the organization's OpenRouter, a board with files, and the panel beside it.
import { expect, type Locator, type Page } from '@playwright/test'
import type { SandboxClient } from '#tests/support/sandbox.ts'
import { newBoard, type OnBoard, visit } from './on-board.ts'
import { callApi, connectGithub, newFile, type Org } from './support.ts'

/** Takes an admin through OpenRouter's own page in another tab; returns the id of the connection. */
export async function connectOpenrouter(page: Page, org: Org, payer = 'acme'): Promise<string> {
  const body = { provider: 'openrouter', slot: 'organization' }
  const attempts = org.api('/connect-attempts')
  const started = await callApi<{ id: string; authorizeUrl: string }>(page.request, 'POST', attempts, body)
  const tab = await page.context().newPage()
  await tab.goto(started.authorizeUrl)
  await authorize(tab, payer)
  await tab.waitForURL(/\/connect\/result\//)
  await tab.close()
  const ended = await callApi<{ connectionId: string }>(page.request, 'GET', `${attempts}/${started.id}`)
  return ended.connectionId
}

/** Answers OpenRouter's page in a tab as a person would. */
export async function authorize(tab: Page, payer = 'acme'): Promise<void> {
  await tab.locator(`input[name="account"][value="${payer}"]`).check()
  await tab.getByRole('button', { name: 'Authorize' }).click()
}

export type Asked = OnBoard & { cards: string[] }

/** A board with a card for each file, in an organization whose OpenRouter is paid by `payer`; the notice was read. */
export async function askable(
  page: Page,
  org: Org,
  { sandbox, account, payer, files }: { sandbox: SandboxClient; account: string; payer?: string; files: string[] },
): Promise<Asked> {
  await connectGithub(page, org, { account })
  await connectOpenrouter(page, org, payer)
  const board = await newBoard(page, org, 'Retry budget')
  const cards: string[] = []
  for (const [at, text] of files.entries()) {
    const file = { repository: `checkout-${at}`, file: `src/part-${at + 1}.ts`, text }
    cards.push(await board.add({ type: 'reference', url: await newFile(sandbox, account, file) }))
  }
  await callApi(page.request, 'POST', board.api('/ask/notice'))
  return { ...board, cards }
}

export const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Ask' })
export const answers = (page: Page): Locator => panel(page).getByRole('article')
export const composer = (page: Page): Locator => panel(page).getByRole('textbox', { name: 'Question' })

/** Opens the board and the panel, ready for a question. */
export async function openAsk(page: Page, board: OnBoard): Promise<void> {
  await visit(page, board)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(panel(page)).toBeVisible()
}

/** Asks and waits until the answer is over. */
export async function ask(page: Page, question: string): Promise<Locator> {
  await composer(page).fill(question)
  await expect(panel(page).getByRole('button', { name: 'Send' })).not.toHaveAttribute('aria-disabled', 'true')
  await composer(page).press('Enter')
  const last = answers(page).last()
  await expect(last).toHaveAccessibleName(question)
  await expect(last).toHaveAttribute('data-answer', /done|failed|stopped/)
  return last
}
