import { newBoard, visit } from './on-board.ts'
import { appUrl, connectGithub, expect, type newFile, sandboxUrl, test } from './support.ts'

const payload = {
  title: `<img src=x onerror="document.title='owned'"><script>window.owned=1</script>`,
  link: 'javascript:window.owned=1',
  markdown: `![x](${appUrl}/stolen.png) [click](javascript:window.owned=1) <svg onload="window.owned=1"></svg>`,
}

async function plantHostile(sandbox: Parameters<typeof newFile>[0], account: string): Promise<string[]> {
  const repository = {
    owner: account,
    name: 'hostile',
    private: true,
    description: `${payload.title} ${payload.link}`,
    files: {
      'evil.html': `${payload.title}\n${payload.markdown}\n</pre></article><script>window.owned=1</script>\n`,
      'a\'"<b>.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="window.owned=1"/>\n',
    },
    issues: [
      { number: 1, title: payload.title, body: payload.markdown, labels: [payload.title, payload.link] },
      { number: 2, title: payload.link, body: payload.title, pull: { head: 'x' } },
    ],
  }
  await sandbox.control.set({ provider: 'github', repository })
  const home = `${sandboxUrl}/github-web/${account}/hostile`
  const file = encodeURIComponent('a\'"<b>.svg')
  return [
    home,
    `${home}/blob/main/evil.html`,
    `${home}/blob/main/${file}`,
    `${home}/tree/main`,
    `${home}/issues/1`,
    `${home}/pull/2`,
    `${sandboxUrl}/github-web/search?type=code&q=owned`,
  ]
}

test('36: what a provider sends is text: nothing of it runs, loads or leads anywhere it should not', async ({
  page,
  org,
  sandbox,
  account,
}) => {
  const urls = await plantHostile(sandbox, account)
  await connectGithub(page, org, { account })
  const board = await newBoard(page, org)
  for (const url of urls) await board.add({ type: 'reference', url })
  await board.add({ type: 'note', text: `${payload.markdown} ${payload.link} https://fine.acme.test/x` })

  const trouble: string[] = []
  page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()))
  page.on('pageerror', (error) => trouble.push(String(error)))
  page.on('dialog', (dialog) => trouble.push(dialog.message()))
  page.on('request', (request) => {
    if (!request.url().startsWith(`${appUrl}/`) || request.url().includes('stolen')) trouble.push(request.url())
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`CSP ${violatedDirective} ${blockedURI}`),
    )
  })
  await page.setViewportSize({ width: 1280, height: 2000 })
  await visit(page, board)
  await expect(page.locator('[data-card="live"]')).toHaveCount(urls.length)
  await expect(page.getByText(payload.title).first()).toBeVisible()
  await page.keyboard.press('@')
  await page.keyboard.type('hostile')
  await expect(page.getByRole('option', { name: /hostile/ }).first()).toBeVisible()
  await page.keyboard.press('Escape')

  const drawn = page.locator('main')
  await expect(drawn.locator('script, img, iframe, object, embed, [onerror], [onload]')).toHaveCount(0)
  const links = await drawn
    .locator('a')
    .evaluateAll((all) =>
      all.map((one) => [
        one.getAttribute('href') ?? '',
        one.getAttribute('rel') ?? '',
        one.getAttribute('target') ?? '',
      ]),
    )
  for (const [href = '', rel = '', target] of links) {
    expect(href).toMatch(/^(https?:\/\/|\/|#)/)
    if (target === '_blank') expect(rel).toContain('noreferrer')
  }
  expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
  expect(await page.title()).toBe('Orders – Boards – Acme – Plugboard')
  expect(trouble).toEqual([])
})
