import { execFile, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { appUrl, callApi, expect, test } from './support.ts'

const run = promisify(execFile)
const guide = fs.readFileSync('docs/api.md', 'utf8')
type Block = { lines: string; told: string | null }
/** The lines to type, each with what the guide says comes back, if it does. */
const blocks: Block[] = [...guide.matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm)].map(
  ([, lines = '', told]) => ({ lines, told: told?.trim() ?? null }),
)

/** A folder whose `curl` is ours. */
function ownCurl(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-curl-'))
  const script = `#!/bin/sh\nexec "${process.execPath}" "${path.resolve('tests/support/curl.mjs')}" "$@"\n`
  fs.writeFileSync(path.join(folder, 'curl'), script, { mode: 0o755 })
  return folder
}

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A pattern for what comes back: `…` stands for anything. */
const patternOf = (told: string) =>
  new RegExp(
    told
      .split('…')
      .map((part) => RegExp.escape(part))
      .join('[\\s\\S]*'),
  )

const MARK = '---- the next lines ----'

for (const [name, folder] of [
  ['curl of our own', ownCurl()],
  ...(hasCurl() ? [['the machine’s curl', null] as const] : []),
])
  test(`every line of the guide to the API works as it stands, with ${name}`, async ({ page, org }) => {
    const scopes = ['boards:read', 'boards:write', 'members:read', 'resources:read']
    const made = await callApi<{ value: string }>(page.request, 'POST', org.api('/api-tokens'), {
      name: 'guide',
      scopes,
    })
    const [own, ...rest] = blocks
    expect(own?.lines.match(/^(?:PLUGBOARD|ORG|TOKEN)=\S+$/gm)).toHaveLength(3)
    expect(rest.length).toBeGreaterThan(4)
    const script = [
      'set -e',
      `PLUGBOARD=${appUrl}`,
      `ORG=${org.slug}`,
      `TOKEN=${made.value}`,
      ...rest.map(({ lines }) => `${lines}\necho; echo '${MARK}'`),
    ].join('\n')
    const env = {
      ...process.env,
      PATH: [folder, path.dirname(process.execPath), process.env.PATH].filter(Boolean).join(':'),
    }
    const { stdout } = await run('sh', ['-c', script], { env })
    const answers = stdout.split(`${MARK}\n`)
    expect(answers).toHaveLength(rest.length + 1)
    for (const [n, { told }] of rest.entries()) if (told) expect(answers[n]).toMatch(patternOf(told))
    expect(stdout).toContain(org.owner.email)
    expect(stdout).toContain('Made by a script.')
    expect((await page.request.get(org.api('/boards'))).ok()).toBe(true)
  })
