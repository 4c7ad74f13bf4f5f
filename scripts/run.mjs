#!/usr/bin/env node
// Every npm script begins here: node scripts/run.mjs <script> [arguments]
// npm may run on any Node from 18 on, and node_modules may be missing: this makes it match package-lock.json, then runs
// the script with the Node that package.json pins. So it is plain JavaScript and imports nothing that is installed.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { whyStale, withInstallLock } from './lib/installed.mjs'
import { onEnd } from './lib/lifeline.mjs'

const OLDEST_NODE = 24 // runs TypeScript as it is
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

/** The Node of this platform's package; null where there is none. */
function pinnedNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform
  const prefix = system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'
  const name = `${prefix}-${system}-${process.arch}`
  const file = path.join(root, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node')
  return fs.existsSync(file) ? file : null
}

const isNewEnough = Number.parseInt(process.versions.node, 10) >= OLDEST_NODE

/** Runs `npm ci`; resolves with its exit code. A signal is passed on, and npm given the time to clean up. */
function install(/** @type {string} */ why, /** @type {(pid: number) => void} */ name) {
  console.log(`[install] ${why}: npm ci (about a minute the first time)`)
  const began = Date.now()
  // error: npm on an older Node prints a block of warnings for each package that wants a newer one
  const args = ['ci', '--loglevel=error', '--strict-allow-scripts']
  const { NODE_ENV: _, npm_execpath: npm, ...env } = process.env // production would leave out what builds
  const options = /** @type {const} */ ({ stdio: 'inherit', shell: process.platform === 'win32' })
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { ...options, env, shell: false })
    : spawn('npm', args, { ...options, env })
  if (child.pid) name(child.pid)
  let asked = ''
  const ignoreEnd = onEnd((why) => {
    asked = why
    console.log(`[install] ${why}: waiting for npm to clean up`)
    if (why !== 'SIGINT') child.kill('SIGTERM') // the terminal's Ctrl-C has reached npm already
  })
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`[install] npm could not be started: ${error.message}`)
      resolve(1)
    })
    child.on('close', (code) => {
      ignoreEnd()
      if (code === 0) console.log(`[install] done in ${Math.round((Date.now() - began) / 1000)} s`)
      resolve(asked ? 130 : (code ?? 1))
    })
  })
}

/** Resolves with 0 when node_modules is what the lock says. */
async function ensureInstalled() {
  const why = () => whyStale() ?? (isNewEnough || pinnedNode() ? null : 'the pinned Node is missing')
  if (!why()) return 0
  return withInstallLock((name) => {
    const reason = why() // another process may have installed meanwhile
    return reason ? install(reason, name) : 0
  })
}

const [script, ...args] = process.argv.slice(2)
if (!script) {
  console.error('usage: node scripts/run.mjs <script> [arguments]')
  process.exit(2)
}
const failed = await ensureInstalled()
if (failed) process.exit(failed)

const node = pinnedNode() ?? (isNewEnough ? process.execPath : null)
if (!node) {
  const here = `${process.platform}-${process.arch}`
  console.error(`[install] npm has no Node ${OLDEST_NODE} for ${here}: install Node ${OLDEST_NODE} and run this again`)
  process.exit(1)
}
const file = path.join(root, script)
const settings = path.join(root, '.env') // what is set already wins over it
process.env.PATH = [path.join(root, 'node_modules/.bin'), path.dirname(node), process.env.PATH].join(path.delimiter)
if (fs.realpathSync(process.execPath) === fs.realpathSync(node)) {
  if (fs.existsSync(settings)) process.loadEnvFile(settings)
  process.argv = [process.execPath, file, ...args]
  await import(pathToFileURL(file).href)
} else {
  const child = spawn(node, [`--env-file-if-exists=${settings}`, file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  onEnd((why) => child.kill(why in os.constants.signals ? why : 'SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal ?? 'SIGKILL'] ?? 0)))
}
