import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { ask, readLines, request } from './client.ts'

type Reply = { status?: number; body?: unknown; silent?: true }

/** A server of the test's own, and what reached it: method, path, media type and body. */
async function serve({ status = 200, body, silent }: Reply): Promise<{ url: string; received: unknown[] }> {
  const received: unknown[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      received.push([request.method, request.url, request.headers['content-type'], text])
      if (!silent) response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, received }
}

test('a success is handed over, and what was sent is JSON', async () => {
  const { url, received } = await serve({ body: { id: 'b1', name: 'Orders' } })
  const asked = ask<{ id: string; name: string }>(`${url}/boards`, { method: 'POST', body: { name: 'Orders' } })
  expect(await asked).toEqual({ id: 'b1', name: 'Orders' })
  expect(received).toEqual([['POST', '/boards', 'application/json', '{"name":"Orders"}']])
})

test('a refusal is the problem that the server told, with its fields and members', async () => {
  const told = {
    type: '/problems/already-exists',
    title: 'It already exists',
    status: 409,
    detail: 'Already on this board.',
    requestId: 'r1',
    objectId: 'o1',
    errors: [{ pointer: '/url', detail: 'Choose another.' }],
  }
  const { url } = await serve({ status: 409, body: told })
  await expect(ask(url)).rejects.toMatchObject({
    kind: 'already-exists',
    message: 'Already on this board.',
    extra: { errors: told.errors, members: { requestId: 'r1', objectId: 'o1' } },
  })
})

test.each([
  ['a page of some proxy', { status: 502, body: '<html>Bad gateway</html>' }],
  ['a kind of problem that is none of ours', { status: 500, body: { type: '/problems/toString', detail: 'x' } }],
])('%s reads as unexpected', async (_, reply) => {
  const { url } = await serve(reply)
  await expect(request(url)).rejects.toMatchObject({ kind: 'unexpected' })
})

test('a server that cannot be reached says what to do, and a request that was given up says nothing', async () => {
  const { url } = await serve({ silent: true })
  const abandon = new AbortController()
  const asked = request(url, { signal: abandon.signal })
  abandon.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(request('http://127.0.0.1:1/')).rejects.toMatchObject({
    kind: 'unexpected',
    message: 'Plugboard cannot be reached. Check your connection and try again.',
  })
})

test('lines are handed over as they become whole, however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode('{"name":"Straße"}\n{"name":"b"}\n')
  const seen: unknown[] = []
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
      controller.close()
    },
  })
  await readLines(body, (line) => seen.push(line))
  expect(seen).toEqual([{ name: 'Straße' }, { name: 'b' }])
})
