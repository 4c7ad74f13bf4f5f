import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type NoAnswer, send } from '#lib/platform/http.ts'
import { insideTransaction } from '#lib/platform/transaction.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Heard = {
  url: string | undefined
  authorization: string | undefined
  cookie: string | undefined
  method: string | undefined
}
async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    const { authorization, cookie } = request.headers
    heard.push({ url: request.url, authorization, cookie, method: request.method })
    answer(request, response)
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}
const why = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: NoAnswer) => error.why,
  )
const credentials = () => new Headers({ authorization: 'Bearer secret', cookie: 'a=b' })

test('18: a redirect to another origin is followed without the credentials', async () => {
  const other = await listen((_, response) => response.end('there'))
  const first = await listen((_, response) => response.writeHead(302, { location: `${other.url}/there` }).end())
  const answer = await send(`${first.url}/here`, { headers: credentials() })
  expect(answer.body).toBe('there')
  expect(first.heard[0]?.authorization).toBe('Bearer secret')
  expect(other.heard).toEqual([{ url: '/there', authorization: undefined, cookie: undefined, method: 'GET' }])
})

test('18: a redirect inside the origin keeps the credentials', async () => {
  const server = await listen((request, response) =>
    request.url === '/old' ? response.writeHead(301, { location: '/new' }).end() : response.end('moved'),
  )
  expect((await send(`${server.url}/old`, { headers: credentials() })).body).toBe('moved')
  expect(server.heard[1]?.authorization).toBe('Bearer secret')
})

test('18: a request with a secret in its body is not redirected anywhere', async () => {
  const other = await listen((_, response) => response.end('there'))
  const first = await listen((_, response) => response.writeHead(307, { location: other.url }).end())
  expect(await why(send(first.url, { method: 'POST', body: 'client_secret=s', redirects: 'refuse' }))).toBe('refused')
  expect(await why(send(first.url, { method: 'POST', body: 'client_secret=s' }))).toBe('refused')
  expect(other.heard).toEqual([])
})

test('18: a guarded request is guarded at every hop', async () => {
  const inside = await listen((_, response) => response.end('inside'))
  const outside = await listen((_, response) =>
    response.writeHead(302, { location: inside.url.replace('127.0.0.1', '127.0.0.2') }).end(),
  )
  const guard = { allow: ['127.0.0.1'] }
  expect(await why(send(outside.url, { guard }))).toBe('refused')
})

test('an answer that does not come in time, is cut or is too large is no answer, and may have had its effect', async () => {
  const slow = await listen(() => {})
  const cut = await listen((_, response) => response.socket?.destroy())
  const large = await listen((_, response) => response.end('x'.repeat(2000)))
  expect(await why(send(slow.url, { timeoutMs: 60 }))).toBe('timeout')
  expect(await why(send(cut.url))).toBe('cut')
  expect(await why(send(large.url, { maxBytes: 1000 }))).toBe('too-large')
  await expect(send(cut.url)).rejects.toMatchObject({ sent: true })
})

test('a request that never left had no effect', async () => {
  await expect(send('http://127.0.0.1:1/')).rejects.toMatchObject({ why: 'unreachable', sent: false })
})

test('nothing goes over the network inside a transaction', async () => {
  await expect(insideTransaction(() => send('http://127.0.0.1:1/'))).rejects.toThrow('inside a transaction')
})
