import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
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

/** What still runs of a product when it had the time to end. */
async function leftOf({ dataDir }: Place): Promise<number[]> {
  await within(ENDS_WITHIN_MS, 'the end', () => processesOf(dataDir).length === 0).catch(() => {})
  return processesOf(dataDir)
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends everything and leaves with 0', async (name) => {
  const place = await makePlace()
  const product = await startReady(place)
  signal(product.pid, name)
  expect(await product.ended).toBe(0)
  expect(processesOf(place.dataDir)).toEqual([])
})

test('Ctrl-C reaches only the supervisor, which ends everything in order', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  pressCtrlC(product)
  expect(await product.ended).toBe(0)
  expect(product.output()).not.toMatch(/interrupted|starting it again/)
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
  expect(await leftOf(product)).toEqual([])
})

test('a kill -9 of the process that npm started leaves no orphan', async () => {
  const place = await makePlace()
  const product = await startReady(place)
  signal(product.pid, 'SIGKILL')
  expect(await leftOf(place)).toEqual([])
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
  expect(await leftOf(place)).toEqual([])
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
  expect(product.output().trimEnd()).toMatch(
    // one that answers may not have been told ready yet
    /web failed 6 times within a minute: (?:SIGKILL|web ended before it was ready \(SIGKILL\))$/,
  )
  expect(processesOf(place.dataDir)).toEqual([])
})
