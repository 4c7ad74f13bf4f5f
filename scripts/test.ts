// npm test: everything. npm test -- unit|integration|lifecycle|e2e [files]: a part of it.
// The last line is `N passed, N failed, N skipped`.
import fs from 'node:fs'
import path from 'node:path'
import { findChromium } from './lib/chromium.ts'
import { onEnd } from './lib/lifeline.mjs'
import { messageOf } from './lib/message-of.ts'
import { freePort } from './lib/ports.ts'
import { ensureBuilt, ensureGenerated } from './lib/prepare.ts'
import { isAlive } from './lib/process.ts'
import { Stopped, supervise } from './lib/supervise.ts'
import { type Count, countPlaywright, countVitest } from './lib/test-report.ts'

const RUNS = path.resolve('.data/e2e')
const MOST_FLAKY = 2 // of one run; decision 29
const PARTS = ['unit', 'integration', 'lifecycle', 'e2e']

const say = (line: string) => console.log(`[test] ${line}`)
const supervisor = supervise(say)
onEnd((why) => {
  say(`${why}: ending`)
  void supervisor.stop(null)
})

const [part, ...files] = process.argv.slice(2)
if (part !== undefined && !PARTS.includes(part)) {
  console.error(`usage: npm test -- ${PARTS.join('|')} [files]`)
  process.exit(2)
}

/** A folder of this run alone; those of runs that ended are removed. */
function makeRunFolder(): string {
  fs.mkdirSync(RUNS, { recursive: true })
  for (const name of fs.readdirSync(RUNS))
    if (!isAlive(Number(name))) fs.rmSync(path.join(RUNS, name), { recursive: true, force: true })
  const folder = path.join(RUNS, String(process.pid))
  fs.mkdirSync(folder, { recursive: true })
  return folder
}

/** What a person has set for their own Plugboard must not decide a test. */
function testEnv(): NodeJS.ProcessEnv {
  const ours =
    /^(DATABASE_|MIGRATION_DATABASE_|SHADOW_DATABASE_|BACKUP_DATABASE_|APP_URL|PORT|HOST|DATA_DIR|AUTH_SECRET|KEYRING|SANDBOX|PROVIDER_|SMTP_|MAIL_|EGRESS_|LOG_LEVEL|NEXTAUTH_|NODE_ENV|EMBEDDED)/
  const rest = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  return { ...rest, NODE_ENV: 'test', TZ: 'Asia/Kathmandu', NEXT_TELEMETRY_DISABLED: '1' }
}

type Suite = { name: string; args: string[]; env: NodeJS.ProcessEnv; report: string; count: (file: string) => Count }

async function runSuite({ name, args, env, report, count }: Suite): Promise<Count> {
  const began = performance.now()
  const fault = await supervisor.run(name, { args, env }).then(
    () => '',
    (error: unknown) => {
      if (error instanceof Stopped) throw error
      return messageOf(error)
    },
  )
  const counted = fs.existsSync(report) ? count(report) : { passed: 0, failed: 0, skipped: [], flaky: [] }
  say(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s${fault && `, ${fault}`}`)
  // it failed without a failed test: an error outside of any, or it died
  return fault && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

function vitestSuite(folder: string): Suite {
  const report = path.join(folder, 'vitest.json')
  const projects = part ? ['--project', part] : []
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...projects, ...reporters, ...files]
  return { name: 'vitest', args, env: testEnv(), report, count: countVitest }
}

/** A product of this run alone, which Playwright starts and ends. */
async function ownProduct(folder: string): Promise<Record<string, string>> {
  const [port, sandboxPort, dataDir] = [await freePort(), await freePort(), path.join(folder, 'data')]
  return {
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'trace', // a test looks for secrets in all that could be logged
    E2E_START: '1',
    E2E_APP_URL: `http://localhost:${port}`,
    E2E_SANDBOX_URL: `http://127.0.0.1:${sandboxPort}`,
    E2E_DATA_DIR: dataDir,
    E2E_LOG: path.join(folder, 'product.log'),
  }
}

/** E2E_APP_URL names a product that runs already (with E2E_SANDBOX_URL, E2E_DATA_DIR, and E2E_LOG, the file of its output). */
const runsAlready = Boolean(process.env.E2E_APP_URL)

async function browserSuite(folder: string): Promise<Suite> {
  const report = path.join(folder, 'playwright.json')
  const env = {
    ...testEnv(),
    ...(runsAlready ? {} : await ownProduct(folder)),
    E2E_RESULTS: path.join(folder, 'results'),
    CHROMIUM_PATH: await findChromium(say),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  }
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...files]
  return { name: 'playwright', args, env, report, count: countPlaywright }
}

async function main(): Promise<number> {
  const folder = makeRunFolder()
  const counts: Count[] = []
  await ensureGenerated(supervisor, say)
  if (part !== 'e2e') counts.push(await runSuite(vitestSuite(folder)))
  if (part === undefined || part === 'e2e') {
    if (!runsAlready) await ensureBuilt(supervisor, say)
    counts.push(await runSuite(await browserSuite(folder)))
  }
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  const skipped = counts.flatMap((count) => count.skipped)
  const flaky = counts.flatMap((count) => count.flaky)
  if (failed === 0 && flaky.length === 0) fs.rmSync(folder, { recursive: true, force: true })
  else say(`what the product and the browser left is kept in ${folder} until the next run`)
  for (const name of skipped) say(`skipped: ${name}`)
  for (const name of flaky) say(`flaky, passed only at its second try and is not counted as passed: ${name}`)
  if (flaky.length > MOST_FLAKY) say(`more than ${MOST_FLAKY} are flaky: this is a failure`)
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`)
  return failed === 0 && flaky.length <= MOST_FLAKY && passed > 0 ? 0 : 1
}

try {
  process.exit(await main())
} catch (error) {
  await supervisor.stop(null)
  console.error(`[test] ${messageOf(error)}`)
  process.exit(error instanceof Stopped ? 130 : 1)
}
