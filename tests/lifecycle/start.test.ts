import { spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readHolder } from '#scripts/lib/folder-lock.ts'
import { sleep } from '#scripts/lib/process.ts'
import { makePlace, postgresOf, pressCtrlC, processesOf, signal, start, startReady } from './product.ts'

/** Listens on a port, as another program would. */
async function occupy(port: number, host: string): Promise<void> {
  const server = http.createServer()
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  onTestFinished(() => void server.close())
}

test('a first start makes everything, a second one finds it again', async () => {
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

  const second = await startReady(place)
  expect(await second.ask()).toMatchObject({ seen })
  expect(fs.readFileSync(path.join(place.dataDir, 'secrets.json'), 'utf8')).toBe(secrets)
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
  const product = start(place, { STUB_WEB: 'never ready', STUB_READY_WITHIN_MS: '3000' })
  expect(await product.ended).toBe(1)
  expect(product.output()).toContain(`web was not ready within 3 s: it answers 503 at http://127.0.0.1:${place.port}/`)
  expect(processesOf(place.dataDir)).toEqual([])
})

const loopbacks = Object.values(os.networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address))
const takenPorts = [
  { variable: 'PORT', name: 'port', host: '127.0.0.1' },
  { variable: 'PORT', name: 'port', host: '::1' }, // a browser may take localhost for this one
  { variable: 'SANDBOX_PORT', name: 'sandboxPort', host: '127.0.0.1' },
] as const

test.each(takenPorts.filter(({ host }) => loopbacks.includes(host)))(
  'a $variable taken on $host is named, with the variable to set, and nothing is started',
  async ({ variable, name, host }) => {
    const place = await makePlace()
    await occupy(place[name], host)
    const product = start(place)
    expect(await product.ended).toBe(1)
    const advice = `end that, or set ${variable} to another port`
    expect(product.output()).toContain(`port ${place[name]} is taken by another program: ${advice}`)
    expect(fs.existsSync(path.join(place.dataDir, 'postgres'))).toBe(false)
  },
)

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
  const { uid, gid } = fs.statSync(path.dirname(file)) // of the same user: PostgreSQL minds no other's
  const other = spawn('sleep', ['120'], { uid, gid, stdio: 'ignore' })
  onTestFinished(() => void other.kill())
  fs.writeFileSync(file, text.replace(String(postgres), String(other.pid)))
  const second = await startReady(place)
  expect(await second.ask()).toMatchObject({ seen: expect.any(Number) })
})

test('an initdb that was cut off is done again', async () => {
  const place = await makePlace()
  start(place)
  // the version is among the first files that initdb writes, and long before it is done
  const isAtWork = () => fs.globSync(path.join(place.dataDir, 'postgres/data*/PG_VERSION')).length > 0
  for (const until = Date.now() + 30_000; !isAtWork() && Date.now() < until; ) await sleep(2)
  for (const pid of processesOf(place.dataDir)) signal(pid, 'SIGKILL')
  const second = await startReady(place)
  expect(await second.ask()).toMatchObject({ seen: expect.any(Number) })
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
