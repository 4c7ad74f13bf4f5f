// A Chromium for the browser tests: the one of CHROMIUM_PATH, one that is installed, or one installed now.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a Chromium that runs. Throws an Error that names CHROMIUM_PATH where there is none and none can be had. */
export async function findChromium(say: (line: string) => void): Promise<string> {
  const own = process.env.CHROMIUM_PATH
  if (own && !(await runs(own))) throw new Error(`CHROMIUM_PATH is ${own}, which does not run`)
  const found = own ?? (await firstThatRuns())
  if (found) return found
  say('there is no Chromium here: installing one')
  await attempt(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
  const downloaded = await firstThatRuns()
  if (downloaded) return downloaded
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    await attempt('apt-get', ['update', '-q'])
    await attempt('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
  }
  const installed = await firstThatRuns()
  if (installed) return installed
  throw new Error('no Chromium was found and none could be installed: install one and set CHROMIUM_PATH to it')
}

async function firstThatRuns(): Promise<string | null> {
  for (const file of [...INSTALLED, chromium.executablePath()])
    if (fs.existsSync(file) && (await runs(file))) return file
  return null
}

function runs(file: string): Promise<boolean> {
  return promisify(execFile)(file, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

/** Whether it helped is seen by looking again. */
async function attempt(file: string, args: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const child = spawn(file, args, { stdio: 'inherit', timeout: 600_000, env })
  await once(child, 'exit').catch(() => {})
}
