// Everything that opens over a page or in it: where it is, what opens it, and what is seen then.
import type { Locator, Page } from '@playwright/test'

export type Opening = {
  name: string
  at: string
  /** The control that opens it. */
  control: (page: Page) => Locator
  /** An item of the menu that the control opens, if that only leads to it. */
  item?: string | RegExp
  shows: (page: Page) => Locator
  /** What is done between, where it opens from something that the control opens. */
  between?: (page: Page) => Promise<void>
  /** What is done in it before it is looked at. */
  after?: (page: Page) => Promise<void>
  /** Where the focus is after Escape, if not on the control. */
  home?: (page: Page) => Locator
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true })
const menu = (name: string | RegExp) => (page: Page) => page.getByRole('menu', { name })
const dialogs = new Set<Opening['shows']>()
const noted = (shows: Opening['shows']): Opening['shows'] => {
  dialogs.add(shows)
  return shows
}
const dialog = (name: string | RegExp) => noted((page) => page.getByRole('dialog', { name }))
const question = (name: string | RegExp) => noted((page) => page.getByRole('alertdialog', { name }))
const field = (name: string) => (page: Page) => page.getByRole('textbox', { name, exact: true })

/** The first object of a kind on a board, and its ⋯. */
const object = (type: string) => (page: Page) => page.locator(`[data-type="${type}"]`).first()
const more = (type: string) => (page: Page) => object(type)(page).getByRole('button', { name: /^More actions for/ })
const tool = (id: string) => (page: Page) => page.locator(`[data-add="${id}"]`)

const BOARDS = '/[org]/boards'
const BOARD = '/[org]/boards/[board]'
const HUB = '/[org]/settings/integrations'
const MEMBERS = '/[org]/settings/members'

const onBoard: Opening[] = [
  {
    name: 'the board’s menu',
    at: BOARD,
    control: button('More actions for Retry budget'),
    shows: menu('More actions for Retry budget'),
  },
  {
    name: 'the question before a board is deleted',
    at: BOARD,
    control: button('More actions for Retry budget'),
    item: 'Delete board…',
    shows: question('Delete Retry budget?'),
  },
  {
    name: 'the list of shortcuts',
    at: BOARD,
    control: button('More actions for Retry budget'),
    item: /^Keyboard shortcuts/,
    shows: dialog('Keyboard shortcuts'),
  },
  { name: 'a card’s menu', at: BOARD, control: more('reference'), shows: menu(/^More actions/) },
  { name: 'a card’s caption', at: BOARD, control: more('reference'), item: /^Caption/, shows: dialog('Caption') },
  { name: 'a section’s menu', at: BOARD, control: more('section'), shows: menu(/^More actions/) },
  {
    name: 'a section’s name',
    at: BOARD,
    control: more('section'),
    item: /^Rename/,
    shows: field('Section name'),
    home: object('section'),
  },
  {
    name: 'a note’s words',
    at: BOARD,
    control: more('note'),
    item: /^Edit/,
    shows: field('Note'),
    home: object('note'),
  },
  {
    name: 'a connector’s label',
    at: BOARD,
    control: more('connector'),
    item: /^Change label/,
    shows: field('Label'),
    home: object('connector'),
  },
  { name: 'the board’s name', at: BOARD, control: button('Rename this board'), shows: field('Board name') },
  { name: 'a new note', at: BOARD, control: tool('note'), shows: field('Note') },
  { name: 'a new section', at: BOARD, control: tool('section'), shows: field('Section name') },
  { name: 'the connector dialog', at: BOARD, control: tool('connector'), shows: dialog('Connect two objects') },
  { name: 'the palette', at: BOARD, control: tool('reference'), shows: dialog('Add a reference') },
  {
    name: 'the palette with what it found',
    at: BOARD,
    control: tool('reference'),
    shows: dialog('Add a reference'),
    after: async (page) => {
      await page.getByRole('combobox').fill('checkout')
      await page.getByRole('option', { name: /checkout Repository/, selected: true }).waitFor()
    },
  },
  {
    name: 'the palette inside a repository',
    at: BOARD,
    control: tool('reference'),
    shows: dialog('Add a reference'),
    after: async (page) => {
      await page.getByRole('combobox').fill('checkout')
      await page.getByRole('option', { name: /checkout Repository/, selected: true }).waitFor()
      await page.keyboard.press('ArrowRight')
      await page.getByRole('option', { name: /^src/ }).waitFor()
    },
  },
]

const inShell: Opening[] = [
  {
    name: 'the organization switcher',
    at: BOARDS,
    control: button(/^Switch organization/),
    shows: menu('Switch organization'),
  },
  { name: 'the account menu', at: BOARDS, control: button(/^Account/), shows: menu('Account') },
]

const elsewhere: Opening[] = [
  { name: 'a new board', at: BOARDS, control: button('New board'), shows: dialog('New board') },
  {
    name: 'a new board without a name',
    at: BOARDS,
    control: button('New board'),
    shows: dialog('New board'),
    after: async (page) => {
      await page.getByRole('button', { name: 'Create board' }).click()
      await page.getByText('Name: enter one').first().waitFor()
    },
  },
  {
    name: 'a provider’s menu',
    at: HUB,
    control: button('More actions for GitHub'),
    shows: menu('More actions for GitHub'),
  },
  {
    name: 'the question before a disconnect',
    at: HUB,
    control: button('More actions for GitHub'),
    item: 'Disconnect…',
    shows: question('Disconnect GitHub?'),
    after: async (page) => page.getByText('Only your own cards change.').first().waitFor(),
  },
  {
    name: 'the dialog that takes a key',
    at: HUB,
    control: button('Configure Sentry'),
    shows: dialog('Configure Sentry'),
  },
  {
    name: 'the dialog that takes a key, with what is missing',
    at: HUB,
    control: button('Configure Sentry'),
    shows: dialog('Configure Sentry'),
    after: async (page) => {
      await page.getByRole('button', { name: 'Test and save' }).click()
      await page.getByText('Organization slug is needed.').first().waitFor()
    },
  },
  {
    name: 'the question before a pasted key is discarded',
    at: HUB,
    control: button('Configure Sentry'),
    between: async (page) => {
      const key = page.locator('input[name="credential"]')
      await key.focus()
      await page.keyboard.insertText('0011223344556677')
      await page.keyboard.press('Escape')
    },
    shows: question(/^Discard the \w+ you pasted\?$/),
    home: (page) => page.locator('input[name="credential"]'),
  },
  {
    name: 'the question before the organization’s disconnect',
    at: `${HUB}/[provider]`,
    control: (page) => page.locator('[data-slot="organization"]').getByRole('button', { name: 'Disconnect…' }),
    shows: question('Disconnect GitHub?'),
    after: async (page) => page.getByText("Boards don't use this connection.").first().waitFor(),
  },
  {
    name: 'a member’s menu',
    at: MEMBERS,
    control: button('More actions for Sam Ortiz'),
    shows: menu('More actions for Sam Ortiz'),
  },
  {
    name: 'the question before a member is removed',
    at: MEMBERS,
    control: button('More actions for Sam Ortiz'),
    item: /^Remove from/,
    shows: question('Remove Sam Ortiz?'),
    after: async (page) => page.getByText('They have no personal connection here.').first().waitFor(),
  },
  {
    name: 'the question before somebody’s account is ended',
    at: `${HUB}/[provider]/people`,
    control: button('More actions for Dana Kim'),
    item: 'Disconnect your account…',
    shows: question('Disconnect your GitHub account?'),
  },
  {
    name: 'a new API token',
    at: '/[org]/settings/api-tokens',
    control: button('Create token'),
    shows: dialog('Create an API token'),
  },
  {
    name: 'the question before every session ends',
    at: '/account/preferences',
    control: button('Sign out everywhere…'),
    shows: question(/^Sign out everywhere/),
  },
]

export const openings: readonly Opening[] = [...inShell, ...onBoard, ...elsewhere]

/** Whether it is in the sidebar, which a phone shows only when asked. */
export const isInShell = (opening: Opening): boolean => inShell.includes(opening)

/** Whether a dialog or a question is what it opens. */
export const isDialog = ({ shows }: Opening): boolean => dialogs.has(shows)

/** Opens it with the keyboard, from its control. */
export async function openUp(page: Page, { control, item, between, shows, after }: Opening): Promise<void> {
  await control(page).focus()
  await page.keyboard.press('Enter')
  if (item) {
    const entry = page.getByRole('menuitem', { name: item, exact: typeof item === 'string' })
    await entry.focus()
    await page.keyboard.press('Enter')
  }
  await between?.(page)
  await shows(page).waitFor()
  await after?.(page)
}
