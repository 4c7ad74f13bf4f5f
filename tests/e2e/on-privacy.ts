// What the tests of what others see share: a thing that only one person may open, on a board, and all that a browser was told.
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page, Response } from '@playwright/test'
import { frame, newBoard, type OnBoard } from './on-board.ts'
import { test as base, connectGithub, expect, newFile, type Org } from './support.ts'

type Secret = { repository: string; path: string; text: string; url: string; words: string[] }

/** Words that occur nowhere else: whoever finds one of them has been told of the thing. */
async function plantSecret(sandbox: Parameters<typeof newFile>[0], account: string): Promise<Secret> {
  const [repository, name, text] = [randomUUID(), randomUUID(), randomUUID()].map((id) => `w${id.slice(0, 8)}`)
  const path = `src/${name}.ts`
  const url = await newFile(sandbox, account, { repository: `${repository}`, file: path, text: `// ${text}\n` })
  const words = [`${repository}`, `${name}`, `${text}`, account]
  return { repository: `${repository}`, path, text: `${text}`, url, words }
}

/** Everything that a browser is sent from now on, pages and their pieces and data, as text. */
export function record(context: BrowserContext): () => Promise<string> {
  const responses: Response[] = []
  context.on('response', (response) => responses.push(response))
  return async () => {
    const texts = await Promise.all(responses.map(async (one) => `${one.url()}\n${await one.text().catch(() => '')}`))
    return texts.join('\n')
  }
}

/** Which of these words a text has. */
export const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word))

type Fixtures = { secret: Secret; shared: OnBoard & { card: string } }

/** A board of Dana's with one card that only her account can open. */
export const test = base.extend<Fixtures>({
  secret: async ({ sandbox, account }, use) => use(await plantSecret(sandbox, account)),
  shared: async ({ page, org, account, secret }, use) => {
    await connectGithub(page, org, { account })
    const board = await newBoard(page, org)
    const card = await board.add({ type: 'reference', url: secret.url })
    await use({ ...board, card })
  },
})

/** Waits until a card shows its thing. */
export const live = (page: Page, card: string) =>
  expect(frame(page, card).locator('[data-card]')).toHaveAttribute('data-card', 'live')
/** Waits until a card is in a state. */
export const stateOf = (page: Page, card: string, state: string) =>
  expect(frame(page, card).locator('[data-card]')).toHaveAttribute('data-card', state)

/** Somebody of the organization with an account at GitHub that can open nothing of Dana's. */
export async function joinWithGithub(org: Org, sandbox: Parameters<typeof newFile>[0], name: string) {
  const seat = await org.join('member', name)
  const account = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}`
  await sandbox.control.set({ provider: 'github', account: { login: account, name } })
  await connectGithub(seat.page, org, { account })
  return { ...seat, account }
}
