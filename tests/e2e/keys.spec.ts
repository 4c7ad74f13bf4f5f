import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { settled } from './crawl.ts'
import { heldBy } from './held-by.ts'
import { badgeOf, hubOf, rowOf, said } from './on-hub.ts'
import {
  configureSentry,
  connectSentry,
  dialogOf,
  keyField,
  paste,
  sentryOrganization,
  sentryRow,
  sentryToken,
  testAndSave,
  tryKey,
} from './on-keys.ts'
import { callApi, connectionsOf, expect, test } from './support.ts'

test('T-KEY-2 T-KEY-8 a key that passes connects, says how it ends, and is nowhere else from then on', async ({
  page,
  org,
  sandbox,
}) => {
  const slug = await sentryOrganization(sandbox)
  const key = await sentryToken(sandbox, slug)
  const bodies: string[] = []
  const sent: string[] = []
  page.on('response', (response) => {
    void response.text().then(
      (text) => bodies.push(text),
      () => {}, // a redirect has no body
    )
  })
  page.on('request', (request) => {
    if ((request.postData() ?? '').includes(key)) sent.push(`${request.method()} ${new URL(request.url()).pathname}`)
  })
  const dialog = await configureSentry(page, org)
  await tryKey(dialog, { slug, key })
  const end = key.slice(-4)
  await expect(sentryRow(page).getByText(`Sentry connected. Key ending ${end}.`)).toBeVisible()
  await expect(said(page)).toHaveText(`Sentry connected. Key ending ${end}.`)
  await expect(dialog).toHaveCount(0)
  await expect(badgeOf(sentryRow(page))).toHaveText('Connected')
  await expect(sentryRow(page).locator('[data-main-action] :focus'), 'the focus is on the row’s button').toHaveCount(1)

  await page.goto(org.path('/settings/integrations/sentry'))
  await settled(page)
  await expect(page.locator('#health')).toContainText(`ending ${end}`)
  const held = await heldBy(page)
  expect(held).not.toContain(key)
  expect(held).not.toContain(key.slice(-5))
  expect(bodies.filter((text) => text.includes(key.slice(-5)))).toEqual([])
  expect(sent).toEqual([`POST ${new URL(org.api('/connections'), page.url()).pathname}`])
  expect(await readFile(process.env.E2E_LOG ?? '', 'utf8')).not.toContain(key.slice(0, -4))
})

test('T-KEY-3 the field of a key is none for passwords, hides it, and is empty once the dialog is closed', async ({
  page,
  org,
}) => {
  const dialog = await configureSentry(page, org)
  const field = keyField(dialog)
  for (const [name, value] of [
    ['type', 'password'],
    ['autocomplete', 'new-password'],
    ['spellcheck', 'false'],
    ['autocapitalize', 'off'],
    ['autocorrect', 'off'],
    ['data-1p-ignore', /.*/],
    ['data-lpignore', 'true'],
    ['data-bwignore', /.*/],
    ['data-form-type', 'other'],
  ] as const) // as const: pairs
    await expect(field, name).toHaveAttribute(name, value)
  await expect(field).not.toHaveAttribute('maxlength')

  const secret = 'sntryi_0011223344556677'
  await field.fill(secret)
  const show = dialog.getByRole('button', { name: 'Show', exact: false }).filter({ hasText: 'Show' }).first()
  await expect(show).toHaveAttribute('aria-pressed', 'false')
  await show.click()
  await expect(show).toHaveAttribute('aria-pressed', 'true')
  await expect(field).toHaveAttribute('type', 'text')
  await page.evaluate(() => window.dispatchEvent(new Event('blur')))
  await expect(field).toHaveAttribute('type', 'password')
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(secret)

  const kept = await field.elementHandle()
  await page.keyboard.press('Escape')
  const question = page.getByRole('alertdialog', { name: 'Discard the key you pasted?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Discard key' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await kept?.evaluate((input) => Reflect.get(input, 'value'))).toBe('')
  expect(await heldBy(page)).not.toContain(secret)
  await expect(sentryRow(page).getByRole('button', { name: 'Configure Sentry' })).toBeFocused()
})

test('T-KEY-4 a refused key, a missing permission and silence are each told in their own words, and nothing is kept', async ({
  page,
  org,
  sandbox,
}) => {
  const slug = await sentryOrganization(sandbox)
  const dialog = await configureSentry(page, org)

  await test.step('401', async () => {
    await tryKey(dialog, { slug, key: `sntryi_${'0'.repeat(64)}` })
    await expect(keyField(dialog)).toHaveAccessibleDescription(
      /Sentry didn't accept this key\. Check it was copied whole and hasn't been revoked\.$/,
    )
    await expect(keyField(dialog)).toHaveAttribute('aria-invalid', 'true')
    await expect(keyField(dialog)).toBeFocused()
    const steps = dialog.getByRole('list', { name: 'What was tested' }).getByRole('listitem')
    await expect(steps.first()).toContainText('Reached Sentry passed')
    await expect(steps.nth(1)).toContainText('failed')
    await expect(steps.last()).toContainText('not tried')
    expect(await connectionsOf(page, org)).toEqual([])
  })

  await test.step('silence', async () => {
    const silent = await sentryOrganization(sandbox)
    const path = `/api/0/organizations/${silent}/**`
    await sandbox.control.faults([{ provider: 'sentry', path, drop: 'before', times: 40 }])
    await tryKey(dialog, { slug: silent, key: await sentryToken(sandbox, silent) })
    await expect(dialog.getByText("Sentry didn't answer. Your key wasn't saved.")).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Save and test later' })).toBeVisible()
    expect(await connectionsOf(page, org)).toEqual([])
  })

  await test.step('403', async () => {
    await tryKey(dialog, { slug, key: await sentryToken(sandbox, slug, ['org:read', 'project:read']) })
    await expect(dialog.getByText(/lacks event:read/)).toBeVisible()
    await expect(dialog.getByRole('list', { name: 'What was tested' })).toContainText('missing event:read')
    expect(await connectionsOf(page, org)).toEqual([])
    await dialog.getByRole('button', { name: 'Save anyway' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(
      sentryRow(page).getByText(/^Sentry connected\. Key ending .{4}\. 1 permission missing: event:read\.$/),
    ).toBeVisible()
    expect(await connectionsOf(page, org)).toMatchObject([{ status: 'connected', signal: 'amber' }])
  })
})

test('T-KEY-4 a key that could not be tested is tried again, or kept to be tested later', async ({
  page,
  org,
  sandbox,
}) => {
  const slug = await sentryOrganization(sandbox)
  const path = `/api/0/organizations/${slug}/**`
  const dialog = await configureSentry(page, org)
  await sandbox.control.faults([{ provider: 'sentry', path, drop: 'before', times: 80 }])
  await tryKey(dialog, { slug, key: await sentryToken(sandbox, slug) })
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByText("Sentry didn't answer. Your key wasn't saved.")).toBeVisible()
  await dialog.getByRole('button', { name: 'Save and test later' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(badgeOf(sentryRow(page))).toHaveText('Error')
  expect(await connectionsOf(page, org)).toMatchObject([{ status: 'error' }])
})

test('T-KEY-5 what came along with a pasted key is taken off, and that is said', async ({ page, org }) => {
  const dialog = await configureSentry(page, org)
  await paste(page, keyField(dialog), ' Bearer abc\n')
  await expect(keyField(dialog)).toHaveValue('abc')
  await expect(dialog.getByText('Removed spaces around the key.')).toBeVisible()
  await keyField(dialog).fill('')
  await paste(page, keyField(dialog), `ghp_${'a1'.repeat(18)}`)
  await expect(dialog.getByText('This looks like a GitHub token (ghp_…), not a Sentry token.')).toBeVisible()
  await expect(testAndSave(dialog), 'a warning blocks nothing').not.toHaveAttribute('aria-disabled')
})

test('T-KEY-6 a new key takes over once it has passed, the old one serves until then, and revoking it is recorded', async ({
  page,
  org,
  sandbox,
}) => {
  const slug = await sentryOrganization(sandbox)
  const [old, next] = [await sentryToken(sandbox, slug), await sentryToken(sandbox, slug)]
  const { id } = await connectSentry(page, org, { slug, key: old })
  await page.goto(org.path('/settings/integrations/sentry/config'))
  await page.getByRole('button', { name: 'Replace key' }).click()
  const dialog = dialogOf(page, 'Replace key')
  await expect(dialog).toContainText(`Current key ends ${old.slice(-4)}, added by Dana Kim`)
  await expect(keyField(dialog)).toHaveValue('')
  await expect(keyField(dialog)).toBeFocused()
  await tryKey(dialog, { key: `sntryi_${'0'.repeat(64)}` })
  await expect(keyField(dialog)).toHaveAccessibleDescription(/Sentry didn't accept this key/)
  await callApi(page.request, 'POST', org.api(`/connections/${id}/verify`))
  expect(await connectionsOf(page, org)).toMatchObject([{ id, status: 'connected', signal: 'green' }])

  await tryKey(dialog, { key: next })
  const after = dialogOf(page, 'Key replaced')
  await expect(after.getByRole('heading', { name: 'Now revoke the old key at Sentry' })).toBeVisible()
  await expect(after.getByRole('link', { name: /^Open Sentry's settings/ })).toHaveAttribute('target', '_blank')
  await after.getByRole('checkbox', { name: 'I have revoked the old key' }).check()
  await expect(after.locator('[data-live="polite"]')).toHaveText('Recorded.')
  await after.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(`Key ending ${next.slice(-4)}`).first()).toBeVisible()
  expect(await connectionsOf(page, org)).toMatchObject([{ id, status: 'connected' }])
  await page.goto(org.path('/settings/integrations/sentry/activity'))
  await expect(page.getByText('noted that the old key is revoked at Sentry')).toBeVisible()
})

test('T-KEY-7 the dialog passes axe, keeps the focus inside and closes with Escape', async ({ page, org }) => {
  const dialog = await configureSentry(page, org)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press(presses < 25 ? 'Tab' : 'Shift+Tab')
    // a browser's own bar may come between the last and the first stop of a modal
    const isOut = await page.evaluate(() => {
      const active = document.activeElement
      return active !== document.body && active?.closest('dialog') === null
    })
    expect(isOut, `stop ${presses + 1}`).toBe(false)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(sentryRow(page).getByRole('button', { name: 'Configure Sentry' })).toBeFocused()
})

test('a test goes on step by step and can be cancelled; then nothing is kept', async ({ page, org, sandbox }) => {
  const slug = await sentryOrganization(sandbox)
  const dialog = await configureSentry(page, org)
  await sandbox.control.faults([
    { provider: 'sentry', path: `/api/0/organizations/${slug}/issues/**`, delayMs: 8_000, times: 3 },
  ])
  await tryKey(dialog, { slug, key: await sentryToken(sandbox, slug) })
  await expect(dialog.getByRole('button', { name: /^Testing… [3-6] of 6$/ })).toBeVisible()
  await expect(dialog.getByText('Can read projects passed')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel test' }).click()
  await expect(testAndSave(dialog)).toBeVisible()
  await expect(dialog.locator('[data-live="polite"]')).toHaveText('Test cancelled. Nothing was saved.')
  expect(await connectionsOf(page, org)).toEqual([])
})

test('a member who may not connect it is told who can, and gets no form', async ({ page, org }) => {
  const sam = await org.join('member', 'Sam Ortiz')
  await sam.page.goto(org.path('/settings/integrations/sentry/config'))
  await expect(sam.page.getByText(/^Only admins can .*Ask Dana Kim\.$/).first()).toBeVisible()
  await expect(sam.page.locator('input[name="credential"]')).toHaveCount(0)
  await page.goto(hubOf(org))
  await expect(rowOf(page, 'sentry').getByRole('button', { name: 'Configure Sentry' })).toBeVisible()
})
