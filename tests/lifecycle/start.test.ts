import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readHolder } from '#scripts/lib/folder-lock.ts'
import {
  makePlace,
  type Place,
  postgresOf,
  pressCtrlC,
  processesOf,
  signal,
  start,
  startReady,
  within,
} from './product.ts'

const ENDS_WITHIN_MS = 20_000

async function nothingRuns({ dataDir }: Place): Promise<void> {
  await within(ENDS_WITHIN_MS, 'every process to end', () => processesOf(dataDir).length === 0)
}

/** Listens on a port, as another program would. */
async function occupy(port: number, host = '127.0.0.1'): Promise<void> {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  onTestFinished(() => void server.close())
}

test('a first start makes everything, a second one finds it and is ready within five seconds', async () => {
  const place = await makePlace()
  const first = await startReady(place)
  expect(first.output()).toContain(`http://localhost:${place.port}`)
  expect(first.output()).toMatch(/owner@acme\.test[\s\S]*plugboard-demo/)
  const { seen } = await first.ask()
  expect(seen).toBeGreaterThan(0)
  const secrets = fs.readFileSync(path.join(place.dataDir, 'secrets.json'), 'utf8')
  expect(fs.statSync(path.join(place.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
  pressCtrlC(first)
  expect(await first.ended).toBe(0)

  const began = performance.now()
  const second = await startReady(place)
  expect(performance.now() - began).toBeLessThan(5000)
  expect(await second.ask()).toMatchObject({ seen })
  expect(fs.readFileSync(path.join(place.dataDir, 'secrets.json'), 'utf8')).toBe(secrets)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends everything and leaves with 0', async (name) => {
  const place = await makePlace()
  const product = await startReady(place)
  signal(product.pid, name)
  expect(await product.ended).toBe(0)
  expect(processesOf(place.dataDir)).toEqual([])
})

test('Ctrl-C ends everything, though the signal reaches several processes', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  pressCtrlC(product)
  expect(await product.ended).toBe(0)
  expect(processesOf(place.dataDir)).toEqual([])
})

test('Ctrl-C in the middle of the first start leaves nothing behind, and the next start works', async () => {
  const place = await makePlace()
  const product = start(place)
  await within(30_000, 'PostgreSQL', () => postgresOf(place.dataDir) > 0)
  pressCtrlC(product)
  await product.ended
  expect(processesOf(place.dataDir)).toEqual([])
  await startReady(place)
})

test('a kill -9 of the supervisor leaves no orphan, and the next start works at once', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  expect(processesOf(place.dataDir).length).toBeGreaterThan(5)
  signal(readHolder(place.dataDir)?.pid ?? 0, 'SIGKILL')
  const next = await startReady(place)
  expect(await next.ask()).toMatchObject({ seen: expect.any(Number) })
  pressCtrlC(next)
  expect(await next.ended).toBe(0)
  await nothingRuns(product)
})

test('a kill -9 of the process that npm started leaves no orphan', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  signal(product.pid, 'SIGKILL')
  await nothingRuns(place)
})

test.each(['Ctrl-C', 'SIGTERM', 'SIGKILL'] as const)('%s on npm ends everything', async (how) => {
  const place = await makePlace()
  const folder = path.join(place.dataDir, 'npm')
  fs.mkdirSync(folder)
  const script = `"${process.execPath}" "${path.resolve('scripts/run.mjs')}" tests/lifecycle/stub/start.ts`
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'npm-start', scripts: { start: script } }))
  const product = await startReady(place, {}, ['npm', '--prefix', folder, 'start'])
  if (how === 'Ctrl-C') pressCtrlC(product)
  else signal(product.pid, how)
  await nothingRuns(place)
})

test('a kill -9 of PostgreSQL is told, it runs again, and the web process finds its rows', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  const before = await product.ask()
  signal(postgresOf(place.dataDir), 'SIGKILL')
  await product.says('postgres runs again')
  expect(product.output()).toMatch(/postgres ended .*starting it again/)
  await within(10_000, 'the web process to recover', async () => 'seen' in (await product.ask().catch(() => ({}))))
  expect(await product.ask()).toEqual(before)
})

test('a web process that dies is started again', async () => {
  const product = await startReady(await makePlace())
  const before = await product.ask()
  signal(before.pid, 'SIGKILL')
  await product.says('web runs again')
  expect(product.output()).toContain('web ended (SIGKILL): starting it again')
  const after = await product.ask()
  expect(after).toMatchObject({ seen: before.seen })
  expect(after.pid).not.toBe(before.pid)
})

test('a part that keeps dying ends everything, and the last line says why', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  for (let times = 1; times <= 6; times++) {
    const { pid } = await product.ask()
    signal(pid, 'SIGKILL')
    if (times < 6)
      await within(20_000, 'a new one', async () => (await product.ask().catch(() => ({ pid }))).pid !== pid)
  }
  expect(await product.ended).toBe(1)
  expect(product.output().trimEnd()).toMatch(/web failed 6 times within a minute: SIGKILL$/)
  expect(processesOf(place.dataDir)).toEqual([])
})

test('a web process that cannot start ends everything with its exit code in the message', async () => {
  const place = await makePlace()
  const product = start(place, { STUB_WEB: 'fails' })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain('web ended before it was ready (exit 7)')
  expect(processesOf(place.dataDir)).toEqual([])
})

test('the wait for a web process that never gets ready is bounded, and says what it answered', async () => {
  const place = await makePlace()
  const product = start(place, { STUB_WEB: 'never ready' })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain(`web was not ready within 3 s: it answers 503 at http://127.0.0.1:${place.port}/`)
  expect(processesOf(place.dataDir)).toEqual([])
})

test.each([
  ['PORT', 'port', '127.0.0.1'],
  ['SANDBOX_PORT', 'sandboxPort', '127.0.0.1'],
] as const)('a taken %s is named, with the variable to set, and nothing is started', async (variable, name, host) => {
  const place = await makePlace()
  await occupy(place[name], host)
  const product = start(place)
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain(
    `port ${place[name]} is taken by another program: end that, or set ${variable} to another port`,
  )
  expect(fs.existsSync(path.join(place.dataDir, 'postgres'))).toBe(false)
})

test('a second start on the same folder is refused, and names the first one', async () => {
  const place = await makePlace()
  const first = await startReady(place)
  const second = start({ ...(await makePlace()), dataDir: place.dataDir })
  expect(await second.ended).toBe(1)
  const { pid } = readHolder(place.dataDir) ?? {}
  expect(second.output()).toContain(`process ${pid} (http://localhost:${place.port}) uses ${place.dataDir}`)
  expect(await first.ask()).toMatchObject({ seen: expect.any(Number) })
})

test('a process id in PostgreSQL’s pid file that another program has by now does not hinder a start', async () => {
  const place = await makePlace()
  const first = await startReady(place)
  const postgres = postgresOf(place.dataDir)
  const file = path.join(place.dataDir, 'postgres/data/postmaster.pid')
  const text = fs.readFileSync(file, 'utf8')
  signal(first.pid, 'SIGTERM')
  await first.ended
  fs.writeFileSync(file, text.replace(String(postgres), String(process.pid))) // a live process, and not PostgreSQL
  await startReady(place)
})

test('an initdb that was interrupted is done again', async () => {
  const place = await makePlace()
  const left = path.join(place.dataDir, 'postgres/data.new')
  fs.mkdirSync(left, { recursive: true })
  fs.writeFileSync(path.join(left, 'PG_VERSION'), '18\n')
  await startReady(place)
})

test('with a database of one’s own every setting that is missing is named, and nothing is started', async () => {
  const place = await makePlace()
  const product = start(place, {
    DATABASE_URL: 'postgresql://app@127.0.0.1:1/none',
    AUTH_SECRET: '',
    KEYRING: '',
    APP_URL: '',
  })
  expect(await product.ended).toBe(1)
  for (const name of ['APP_URL', 'AUTH_SECRET', 'KEYRING']) expect(product.output()).toContain(`${name} is not set`)
  expect(fs.existsSync(path.join(place.dataDir, 'postgres'))).toBe(false)
})
