import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Resolve } from '#lib/platform/egress.ts'
import { NoAnswer, send } from '#lib/platform/http.ts'

let inside: Server
let asked = 0
let port = 0
beforeAll(async () => {
  inside = createServer((_, response) => {
    asked++
    response.end('inside')
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  port = (inside.address() as AddressInfo).port
})
afterAll(() => new Promise((resolve) => inside.close(resolve)))

const refused = async (url: string, resolve?: Resolve, allow: string[] = []) => {
  const outcome = await send(url, { guard: { allow, ...(resolve ? { resolve } : {}) }, timeoutMs: 3000 }).catch(
    (error: unknown) => error,
  )
  expect(outcome, url).toBeInstanceOf(NoAnswer)
  return outcome as NoAnswer // asserted on the line before
}

test('17: an address a person typed that leads inside is refused, however it is written', async () => {
  const written = [
    `http://127.0.0.1:${port}/`,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    'https://10.0.0.8/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    `https://2130706433:${port}/`,
    `https://0x7f.1:${port}/`,
    `https://0177.0.0.1:${port}/`,
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://100.64.0.1/',
    'ftp://example.com/',
    'http://example.com/',
    'https://user:secret@example.com/',
    'https://[64:ff9b::7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[::7f00:1]/',
  ]
  for (const url of written) expect((await refused(url)).why, url).toBe('refused')
  expect(asked).toBe(0)
})

test('17: a name that answers public first and private second gains nothing: the socket goes where the check looked', async () => {
  let answers = 0
  const rebinding: Resolve = async () => {
    answers++
    return answers === 1 ? [{ address: '93.184.216.34', family: 4 }] : [{ address: '127.0.0.1', family: 4 }]
  }
  await refused(`https://rebind.example:${port}/`, rebinding)
  expect((await refused(`https://rebind.example:${port}/`, rebinding)).why).toBe('refused')
  expect(asked).toBe(0)
}, 15_000)

test('17: a name with one public and one private address is refused whole', async () => {
  const mixed: Resolve = async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.5', family: 4 },
  ]
  expect((await refused('https://mixed.example/', mixed)).why).toBe('refused')
})

test('17: what is refused, unknown or closed reads the same', async () => {
  const unknown: Resolve = async () => Promise.reject(new Error('ENOTFOUND'))
  const closed = await refused('https://127.0.0.1:1/')
  const nobody = await refused('https://nobody.example/', unknown)
  expect([closed.message, closed.why]).toEqual([nobody.message, nobody.why])
})

test('17: an operator may open a private address by name or network', async () => {
  const own: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  for (const allow of ['127.0.0.0/8', '127.0.0.1']) {
    const answer = await send(`http://127.0.0.1:${port}/`, { guard: { allow: [allow], resolve: own } })
    expect(answer.body).toBe('inside')
  }
  const byName = await send(`http://tools.internal:${port}/`, { guard: { allow: ['tools.internal'], resolve: own } })
  expect(byName.body).toBe('inside')
})
