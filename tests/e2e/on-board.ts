// What the tests of boards share: a board of one's own, its objects, and what is said of it.
import { expect, type Locator, type Page } from '@playwright/test'
import { callApi, type Org } from './support.ts'

type Id = { id: string }
export type BoardAnswer = {
  name: string
  version: number
  objects: { id: string; type: string; text?: string | null; section: string | null; from?: string; to?: string }[]
}

export type OnBoard = {
  id: string
  url: string
  api: (rest?: string) => string
  add: (object: object) => Promise<string>
  read: () => Promise<BoardAnswer>
}

/** A board of this test, made through the API as the person of this page. */
export async function newBoard(page: Page, org: Org, name = 'Orders'): Promise<OnBoard> {
  const { id } = await callApi<Id>(page.request, 'POST', org.api('/boards'), { name })
  const api = (rest = '') => org.api(`/boards/${id}${rest}`)
  return {
    id,
    url: org.path(`/boards/${id}`),
    api,
    add: async (object) => (await callApi<Id>(page.request, 'POST', api('/objects'), object)).id,
    read: () => callApi<BoardAnswer>(page.request, 'GET', api()),
  }
}

/** Opens a board and waits until it answers to the keyboard: before that a key is nobody's. */
export async function visit(page: Page, { url }: Pick<OnBoard, 'url'>): Promise<void> {
  await page.goto(url)
  await answersKeys(page)
}

/** Waits until React has taken over all of what the server drew; parts of a page come one after the other. */
export const answersKeys = (page: Page): Promise<unknown> =>
  page.waitForFunction(async () => {
    const isTaken = (button: Element) => Object.keys(button).some((name) => name.startsWith('__reactProps'))
    const buttons = [...document.querySelectorAll('main button')]
    if (buttons.length === 0 || !buttons.every(isTaken)) return false
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))) // what listens to keys comes after it
    return true
  })

/** A card of the board, by what it is called there: `File: retry.ts`. */
export const card = (page: Page, name: string | RegExp): Locator => page.getByRole('group', { name })

/** An object's stop on the page. */
export const frame = (page: Page, id: string): Locator => page.locator(`[data-object="${id}"]`)

/** The objects on the page, in the order in which they stand there. */
export const shownIds = (page: Page): Promise<string[]> =>
  page.locator('[data-object]').evaluateAll((all) => all.map((one) => one.getAttribute('data-object') ?? ''))

/** What was said to a screen reader last. */
export const said = (page: Page): Locator => page.locator('[data-live="polite"]').last()

/** Goes on with Tab until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

/** Pastes a text where the focus is, as a person would with Ctrl V. */
export async function paste(page: Page, text: string, keys = 'Control+v'): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await page.keyboard.press(keys)
}

/** What Enter would take in the palette, once it is what is meant. */
export const selects = (page: Page, text: string | RegExp): Promise<void> =>
  expect(page.getByRole('option', { selected: true })).toContainText(text)

/** The results that the palette lists now. */
export const options = (page: Page): Locator => page.getByRole('listbox', { name: 'Results' }).getByRole('option')

/** What somebody types in the palette, and what is selected then. */
type Typed = { typed: string; found: string }

/** Finds something in the palette, looks at what is inside, goes back, and puts it or what is typed next onto the board. */
export async function walkAndTake(page: Page, into: Typed & { inside: string }, take: Typed = into): Promise<void> {
  await page.keyboard.press('@')
  await page.keyboard.type(into.typed)
  await selects(page, into.found)
  await page.keyboard.press('ArrowRight')
  await expect(options(page).filter({ hasText: into.inside }).first()).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(take.typed)
  await selects(page, take.found)
  await page.keyboard.press('Enter')
}
