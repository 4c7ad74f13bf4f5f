// scripts/run.mjs in a project of its own, with a program in npm's place that writes down what it is asked.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '#scripts/lib/process.ts'
import { signal, within } from './product.ts'

const NPM = `
const fs = require('node:fs')
fs.appendFileSync('npm.log', process.pid + ' ' + process.argv.slice(2).join(' ') + '\\n')
process.on('SIGINT', () => {}) // npm cleans up first
setTimeout(() => {
  if (process.env.NPM_FAILS) process.exit(9)
  fs.mkdirSync('node_modules', { recursive: true })
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
}, Number(process.env.NPM_TAKES_MS ?? 100))
`

/** A project with one dependency, that nobody installed yet. */
function makeProject(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-run-'))
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }))
  fs.mkdirSync(path.join(root, 'scripts/lib'), { recursive: true })
  for (const file of ['run.mjs', 'lib/installed.mjs', 'lib/lifeline.mjs'])
    fs.copyFileSync(path.join('scripts', file), path.join(root, 'scripts', file))
  fs.writeFileSync(
    path.join(root, 'scripts/hello.ts'),
    `const who: string = process.argv[2] ?? ''\nconsole.log('hello', who, process.env.FROM_FILE ?? '')\n`,
  )
  fs.writeFileSync(path.join(root, 'npm-cli.js'), NPM)
  writeLock(root, '1.0.0')
  return root
}

function writeLock(root: string, version: string): void {
  const packages = {
    '': {},
    'node_modules/one': { version },
    'node_modules/of-another-platform': { version: '1.0.0', optional: true },
    'node_modules/left-over': { version: '1.0.0', extraneous: true },
  }
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }))
}

/** What npm would leave: everything but the other platform's package and the extraneous one. */
function writeInstalled(root: string, version: string): void {
  fs.mkdirSync(path.join(root, 'node_modules'), { recursive: true })
  const packages = { 'node_modules/one': { version } }
  fs.writeFileSync(path.join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
}

type Run = { child: ChildProcess; output: () => string; ended: Promise<number | null> }

function run(root: string, env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/hello.ts', 'there'], {
    cwd: root,
    env: { ...process.env, npm_execpath: path.join(root, 'npm-cli.js'), ...env },
    detached: true,
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)))
  return { child, output: () => text, ended: once(child, 'close').then(([code]) => code) }
}

const installs = (root: string) =>
  fs.existsSync(path.join(root, 'npm.log'))
    ? fs.readFileSync(path.join(root, 'npm.log'), 'utf8').trim().split('\n')
    : []

test('a checkout without node_modules is installed, then the script runs', async () => {
  const root = makeProject()
  const { ended, output } = run(root)
  expect(await ended).toBe(0)
  expect(output()).toMatch(/node_modules is missing.*npm ci[\s\S]*hello there/)
  expect(installs(root)).toEqual([expect.stringContaining(' ci ')])
  expect(fs.readdirSync(root).filter((name) => name.startsWith('.install'))).toEqual([])
})

test('what is installed already is not installed again, though the lock names other platforms and left-overs', async () => {
  const root = makeProject()
  writeInstalled(root, '1.0.0')
  const { ended, output } = run(root)
  expect(await ended).toBe(0)
  expect(output()).toBe('hello there \n')
  expect(installs(root)).toEqual([])
})

test('a lock that changed is installed', async () => {
  const root = makeProject()
  writeInstalled(root, '1.0.0')
  writeLock(root, '2.0.0')
  const { ended, output } = run(root)
  expect(await ended).toBe(0)
  expect(output()).toContain('node_modules/one is not 2.0.0')
})

test('two commands at once install once: the second waits and says so', async () => {
  const root = makeProject()
  const first = run(root, { NPM_TAKES_MS: '1500' })
  await within(5000, 'npm', () => installs(root).length === 1)
  const second = run(root)
  expect(await first.ended).toBe(0)
  expect(await second.ended).toBe(0)
  expect(second.output()).toMatch(/waiting for the install of another process[\s\S]*hello there/)
  expect(installs(root)).toHaveLength(1)
})

test('a kill -9 during the install leaves npm running, and the next command waits for that npm', async () => {
  const root = makeProject()
  const first = run(root, { NPM_TAKES_MS: '2000' })
  await within(5000, 'npm', () => installs(root).length === 1)
  signal(first.child.pid ?? 0, 'SIGKILL')
  const second = run(root)
  expect(await second.ended).toBe(0)
  expect(second.output()).toMatch(/waiting for the install of another process[\s\S]*hello there/)
  expect(installs(root)).toHaveLength(1)
})

test('Ctrl-C during the install ends when npm has cleaned up, and the next command installs', async () => {
  const root = makeProject()
  const first = run(root, { NPM_TAKES_MS: '1000', NPM_FAILS: '1' })
  await within(5000, 'npm', () => installs(root).length === 1)
  process.kill(-(first.child.pid ?? 0), 'SIGINT')
  expect(await first.ended).toBe(130)
  expect(first.output()).not.toContain('hello')
  expect(isAlive(Number.parseInt(installs(root)[0] ?? '', 10))).toBe(false)
  expect(await run(root).ended).toBe(0)
})

test('a lock that a dead process left is taken', async () => {
  const root = makeProject()
  const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(dead, 'exit')
  fs.writeFileSync(path.join(root, '.install.lock'), JSON.stringify([{ pid: dead.pid, began: '1' }]))
  expect(await run(root).ended).toBe(0)
})

test('a lock whose process id another program has by now is taken', async () => {
  const root = makeProject()
  fs.writeFileSync(path.join(root, '.install.lock'), JSON.stringify([{ pid: process.pid, began: 'long ago' }]))
  expect(await run(root).ended).toBe(0)
})

test('an install that fails ends with npm’s exit code, and the script does not run', async () => {
  const root = makeProject()
  const { ended, output } = run(root, { NPM_FAILS: '1' })
  expect(await ended).toBe(9)
  expect(output()).not.toContain('hello')
  expect(fs.readdirSync(root).filter((name) => name.startsWith('.install'))).toEqual([])
})

test('settings are read from .env, and what is set already wins', async () => {
  const root = makeProject()
  writeInstalled(root, '1.0.0')
  fs.writeFileSync(path.join(root, '.env'), '# a comment\nFROM_FILE="of the file"\n')
  const [plain, told] = [run(root), run(root, { FROM_FILE: 'of the caller' })]
  expect([await plain.ended, await told.ended]).toEqual([0, 0])
  expect(plain.output()).toBe('hello there of the file\n')
  expect(told.output()).toBe('hello there of the caller\n')
})
