// A product that runs in processes of its own, and what a person at its terminal would see of it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '#scripts/lib/ports.ts'
import { signalGroup, sleep } from '#scripts/lib/process.ts'

/** A start under test. */
export type Product = {
  child: ChildProcess
  pid: number
  dataDir: string
  port: number
  sandboxPort: number
  /** everything printed so far */
  output: () => string
  /** resolves when the text was printed; rejects with all that was */
  says: (text: string | RegExp) => Promise<void>
  /** resolves with the exit code */
  ended: Promise<number | null>
  /** what the web process answers: its id, and how many migrations it sees */
  ask: () => Promise<{ pid: number; seen: number }>
}

export type Place = { dataDir: string; port: number; sandboxPort: number }

const START = ['scripts/run.mjs', 'tests/lifecycle/stub/start.ts']

/** A folder and two ports that nobody uses; whatever still runs there when the test ends is killed. */
export async function makePlace(): Promise<Place> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-life-'))
  fs.chmodSync(dataDir, 0o755) // mkdtemp lets nobody else in, PostgreSQL's own user included
  onTestFinished(async () => {
    for (const pid of processesOf(dataDir)) signal(pid, 'SIGKILL')
    await within(10_000, 'the processes to end', () => processesOf(dataDir).length === 0)
    fs.rmSync(dataDir, { recursive: true, force: true })
  })
  return { dataDir, port: await freePort(), sandboxPort: await freePort() }
}

/** Starts the product with stand-ins for its programs, in a process group of its own, like a terminal does. */
export function start(
  place: Place,
  env: Record<string, string> = {},
  command: string[] = [process.execPath, ...START],
) {
  const [file = '', ...args] = command
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: '',
      DATA_DIR: place.dataDir,
      PORT: String(place.port),
      SANDBOX_PORT: String(place.sandboxPort),
      ...env,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)))
  const ended = once(child, 'exit').then(([code]) => code)
  const holds = (wanted: string | RegExp) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))
  const product: Product = {
    ...place,
    child,
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    says: (wanted) =>
      within(60_000, `"${wanted}" in:\n${text}`, () => holds(wanted)).catch((error) => fail(error, text)),
    ask: async () => JSON.parse(await (await fetch(`http://127.0.0.1:${place.port}/`)).text()),
  }
  return product
}

function fail(error: Error, text: string): never {
  throw new Error(`${error.message}\nprinted:\n${text}`)
}

/** Starts it and waits until it is ready. */
export async function startReady(place: Place, env: Record<string, string> = {}, command?: string[]): Promise<Product> {
  const product = start(place, env, command)
  await Promise.race([
    product.says('is ready at'),
    product.ended.then(() => fail(new Error('it ended'), product.output())),
  ])
  return product
}

/** Looks every 50 ms until it is so; rejects when it takes too long. */
export async function within(limitMs: number, what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + limitMs; !(await isSo()); await sleep(50))
    if (Date.now() > until) throw new Error(`waited ${limitMs} ms for ${what}`)
}

/** Every process that belongs to a DATA_DIR: by its environment, its arguments or its folder (proc(5)). */
export function processesOf(dataDir: string): number[] {
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const isOurs = (pid: string) => {
    const environment = read(`/proc/${pid}/environ`)
    if (environment.includes(`DATA_DIR=${dataDir}\0`) || read(`/proc/${pid}/cmdline`).includes(dataDir)) return true
    return link(`/proc/${pid}/cwd`).startsWith(dataDir)
  }
  return pids.filter(isOurs).map(Number)
}

/** The process that holds a cluster: the first line of its postmaster.pid. */
export function postgresOf(dataDir: string): number {
  return Number(read(path.join(dataDir, 'postgres/data/postmaster.pid')).split('\n')[0])
}

/** Sends a signal; one to a process that is gone is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {}
}

/** What the terminal does for Ctrl-C: the signal goes to the whole foreground group. */
export const pressCtrlC = (product: Product) => signalGroup(product.pid, 'SIGINT')

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function link(file: string): string {
  try {
    return fs.readlinkSync(file)
  } catch {
    return ''
  }
}
