import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { NoAnswer } from '#lib/platform/http.ts'
import { openStream, readAll, readEvents } from '#lib/platform/stream.ts'
import { insideTransaction } from '#lib/platform/transaction.ts'

type Served = { url: string; asked: { method: string; body: string }[]; left: () => boolean }

/** A server that writes an event stream by hand. */
async function serving(write: (response: ServerResponse) => unknown, status = 200): Promise<Served> {
  const asked: Served['asked'] = []
  let hasLeft = false
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const part of request) body += part
    asked.push({ method: request.method ?? '', body })
    response.on('close', () => {
      hasLeft = !response.writableFinished
    })
    response.writeHead(status, { 'content-type': 'text/event-stream', 'x-note': 'kept' })
    response.flushHeaders()
    await write(response)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}/`, asked, left: () => hasLeft }
}

async function eventsAt(url: string, more: Parameters<typeof openStream>[1] = {}): Promise<string[]> {
  const seen: string[] = []
  for await (const data of readEvents((await openStream(url, more)).text)) seen.push(data)
  return seen
}
async function* inParts(...parts: string[]) {
  yield* parts
}
const eventsIn = async (...parts: string[]) => Array.fromAsync(readEvents(inParts(...parts)))
const why = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof NoAnswer ? error.why : String(error)),
  )

test('events are read past comments, names, ids and every kind of line end; several lines of data are one text', async () => {
  expect(await eventsIn(': still thinking\n\ndata: one\n\nevent: x\nid: 7\ndata: two\ndata: three\n\n')).toEqual([
    'one',
    'two\nthree',
  ])
  expect(await eventsIn('data: one\r\n\r\ndata: two\r\rdata:three\n\n')).toEqual(['one', 'two', 'three'])
  expect(await eventsIn('\uFEFFdata: one\n\n')).toEqual(['one'])
})

test('it does not matter where the network cuts: in a line, between \\r and \\n, before the empty line', async () => {
  const whole = ': hello\r\n\r\ndata: {"a":1}\r\n\r\ndata: two\n\n'
  for (let at = 1; at < whole.length; at++)
    expect(await eventsIn(whole.slice(0, at), whole.slice(at)), String(at)).toEqual(['{"a":1}', 'two'])
  expect(await eventsIn(...whole)).toEqual(['{"a":1}', 'two'])
})

test('an event that the end of the stream cuts short is none', async () => {
  expect(await eventsIn('data: one\n\ndata: tw')).toEqual(['one'])
  expect(await eventsIn('data: one\n\ndata: two\n')).toEqual(['one'])
})

test('a letter of several bytes that comes in two packets is one letter', async () => {
  const bytes = Buffer.from('data: żółć 🦆 naïve\n\n')
  const { url } = await serving(async (response) => {
    for (const byte of bytes) {
      response.write(Buffer.of(byte))
      await pause(1)
    }
    response.end()
  })
  expect(await eventsAt(url)).toEqual(['żółć 🦆 naïve'])
})

test('the question is posted, and an event is there as soon as it is sent', async () => {
  let release = () => {}
  const { url, asked } = await serving(async (response) => {
    response.write('data: first\n\n')
    await new Promise<void>((resolve) => {
      release = resolve
    })
    response.end('data: second\n\n')
  })
  const { status, headers, text } = await openStream(url, { body: '{"q":1}' })
  const events = readEvents(text)
  expect([status, headers.get('x-note'), (await events.next()).value]).toEqual([200, 'kept', 'first'])
  release()
  expect((await events.next()).value).toBe('second')
  expect((await events.next()).done).toBe(true)
  expect(asked).toEqual([{ method: 'POST', body: '{"q":1}' }])
})

test('who leaves the loop closes the connection', async () => {
  const { url, left } = await serving((response) => response.write('data: first\n\ndata: second\n\n'))
  for await (const data of readEvents((await openStream(url, {})).text)) {
    expect(data).toBe('first')
    break
  }
  await expect.poll(left).toBe(true)
})

test('an abort ends it at once: before the first byte, and in the middle', async () => {
  const silent = await serving(() => {})
  const early = new AbortController()
  const opening = eventsAt(silent.url, { signal: early.signal })
  await expect.poll(() => silent.asked.length).toBe(1)
  early.abort()
  expect(await why(opening)).toBe('timeout')
  const begun = await serving((response) => response.write('data: first\n\n'))
  const late = new AbortController()
  const events = readEvents((await openStream(begun.url, { signal: late.signal })).text)
  expect((await events.next()).value).toBe('first')
  const next = events.next()
  late.abort()
  expect(await why(next)).toBe('timeout')
  await expect.poll(begun.left).toBe(true)
  const before = AbortSignal.abort()
  expect(await why(openStream(begun.url, { signal: before }))).toBe('timeout')
  expect(begun.asked).toHaveLength(1)
})

test('silence ends it, and a comment is no silence', async () => {
  const mute = await serving(() => {})
  expect(await why(eventsAt(mute.url, { silenceMs: 200 }))).toBe('timeout')
  const thinking = await serving(async (response) => {
    for (let n = 0; n < 20; n++) {
      response.write(': still thinking\n\n')
      await pause(100)
    }
    response.end('data: done\n\n')
  })
  expect(await eventsAt(thinking.url, { silenceMs: 1500 })).toEqual(['done'])
})

test('a connection that is cut in the middle says so after what came; nobody there is told apart', async () => {
  const { url } = await serving(async (response) => {
    response.write('data: first\n\ndata: sec')
    await pause(50)
    response.destroy()
  })
  const events = readEvents((await openStream(url, {})).text)
  expect((await events.next()).value).toBe('first')
  expect(await why(events.next())).toBe('cut')
  expect(await why(openStream('http://127.0.0.1:1/', {}))).toBe('unreachable')
})

test('an event that never ends is given up, as no answer', async () => {
  const endless = async function* () {
    for (let n = 0; n < 50; n++) yield n === 0 ? 'data: one\n\ndata: ' : 'x'.repeat(100_000)
  }
  const events = readEvents(endless())
  expect((await events.next()).value).toBe('one')
  expect(await why(events.next())).toBe('too-large')
})

test('a refusal is an answer with a status, and its body is read to a length', async () => {
  const { url } = await serving((response) => response.end('x'.repeat(5000)), 402)
  const { status, text } = await openStream(url, {})
  expect([status, (await readAll(text, 100)).length]).toEqual([402, 100])
})

test('18: a typed address is checked before anything is sent, and a redirect is an answer', async () => {
  const inside = await serving((response) => response.end('data: secret\n\n'))
  expect(await why(openStream(inside.url, { guard: { allow: [] } }))).toBe('refused')
  expect(inside.asked).toEqual([])
  const there = await openStream(inside.url, { guard: { allow: ['127.0.0.1'] } })
  expect(await readAll(there.text)).toBe('data: secret\n\n')
  const moved = await serving((response) => response.end(), 302)
  expect((await openStream(moved.url, {})).status).toBe(302)
})

test('nothing is streamed inside a transaction', async () => {
  await expect(insideTransaction(() => openStream('http://127.0.0.1:1/', {}))).rejects.toThrow('inside a transaction')
})
