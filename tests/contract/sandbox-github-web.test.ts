import { expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { githubClient } from '#tests/support/sandbox-github.ts'

const github = await newSandbox(githubClient)

const open = async (address: string) => {
  const response = await fetch(address)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}
const json = async (path: string) => (await github.api(path)).json()

test('the pages that answers about a public repository link to can be opened', async () => {
  const repository = await json('/repos/acme/web')
  const file = await json('/repos/acme/web/contents/src/cart/checkout.ts')
  const [folder] = await json('/repos/acme/web/contents/src')
  const issue = await json('/repos/acme/web/issues/5')
  const pull = await json('/repos/acme/web/pulls/4')
  for (const address of [repository.html_url, folder.html_url, file.html_url, issue.html_url, pull.html_url]) {
    expect([address, (await open(address)).status]).toEqual([address, 200])
  }
  expect((await open(file.html_url)).text).toContain('Places the order.')
  expect(await open(file.download_url)).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' })
  expect(await open(repository.owner.avatar_url)).toMatchObject({ status: 200, type: 'image/svg+xml' })
})

test('a private repository looks to a visitor as if it did not exist', async () => {
  for (const page of ['', '/blob/main/README.md', '/raw/main/README.md', '/tree/main/src', '/issues/4']) {
    const [there, nowhere] = [
      await open(`${github.web}/acme/api${page}`),
      await open(`${github.web}/acme/nothing${page}`),
    ]
    expect([page, there.status, nowhere.status]).toEqual([page, 404, 404])
    expect(there.text.replace(/nonce[^>]*/g, '')).toBe(nowhere.text.replace(/nonce[^>]*/g, ''))
  }
})

test('what people wrote is shown as text', async () => {
  const body = '<script>alert(1)</script>'
  const repository = {
    owner: 'dana-k',
    name: 'dotfiles',
    files: { 'x.md': body },
    issues: [{ title: body, body, number: 1 }],
  }
  await github.control.set({ provider: 'github', repository })
  for (const page of ['/blob/main/x.md', '/issues/1']) {
    const { text } = await open(`${github.web}/dana-k/dotfiles${page}`)
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain('<script')
  }
})

test('the settings show which application holds a grant', async () => {
  const settings = `${github.web}/settings/applications`
  expect((await open(settings)).text).toContain('None')
  await github.tokenFor('dana-k', { scope: 'repo' })
  expect((await open(settings)).text).toMatch(/dana-k.*sandbox-github.*: repo/s)
})
