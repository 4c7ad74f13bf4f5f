import { beforeEach, expect, test } from 'vitest'
import { newSandbox } from '#tests/support/new-sandbox.ts'
import { eventsIn, openrouterClient, wordsOf } from '#tests/support/sandbox-openrouter.ts'

const openrouter = await newSandbox(openrouterClient)
let key: string

beforeEach(async () => {
  await openrouter.set({ chunkDelayMs: 0 })
  key = await openrouter.keyFor('dana-k')
})

const stream = (body: Record<string, unknown> = {}, init: RequestInit = {}) =>
  openrouter.chat(key, { stream: true, ...body }, init)
const lastPrompt = async () => {
  const { prompts } = await openrouter.set({ readPrompts: true })
  return (prompts as { outcome: string; pieces: number }[]).at(-1) // what control answers
}

test('a streamed answer is comments, pieces, the usage alone and [DONE]', async () => {
  await openrouter.set({ reply: 'The retries stop after five attempts [1].' })
  const response = await stream()
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const text = await response.text()
  expect(text.startsWith(': OPENROUTER PROCESSING\n\n')).toBe(true)
  const { events, isDone } = eventsIn(text)
  expect(isDone).toBe(true)
  expect(wordsOf(events)).toBe('The retries stop after five attempts [1].')
  expect(events[0]).toMatchObject({
    id: response.headers.get('x-generation-id'),
    object: 'chat.completion.chunk',
    model: 'openai/gpt-4o',
    choices: [{ index: 0, delta: { role: 'assistant', content: 'The' }, finish_reason: null }],
  })
  expect(events.length).toBeGreaterThan(8)
  expect(events.at(-2)?.choices[0]).toMatchObject({ delta: { content: '' }, finish_reason: 'stop' })
  expect(events.filter(({ usage }) => usage)).toEqual([events.at(-1)])
  expect(events.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: events.length - 2 } })
})

test('pieces arrive as they are made, and comments while a model thinks', async () => {
  await openrouter.set({ reply: 'one two', firstChunkDelayMs: 700, chunkDelayMs: 200 })
  const seen: string[] = []
  const decoder = new TextDecoder()
  for await (const part of (await stream()).body ?? []) seen.push(decoder.decode(part, { stream: true }))
  expect(seen.length).toBeGreaterThanOrEqual(4)
  expect(seen[0]).toBe(': OPENROUTER PROCESSING\n\n')
  expect(eventsIn(seen.join('')).comments).toBe(2)
})

test('a long answer has comments between its pieces', async () => {
  await openrouter.set({ reply: 'word '.repeat(100) })
  const { comments, isDone } = eventsIn(await (await stream()).text())
  expect([comments, isDone]).toEqual([3, true])
})

test('packets may end in the middle of a line and of a character', async () => {
  await openrouter.set({ reply: 'Zażółć gęślą jaźń 🦆', tearBytes: 7 })
  const sizes: number[] = []
  const parts: Uint8Array[] = []
  for await (const part of (await stream()).body ?? []) {
    sizes.push(part.length)
    parts.push(part)
  }
  expect(sizes.filter((size) => size <= 7).length).toBeGreaterThan(20)
  expect(wordsOf(eventsIn(Buffer.concat(parts).toString()).events)).toBe('Zażółć gęślą jaźń 🦆')
})

test('an error after the first piece is a last event, and nothing follows it', async () => {
  await openrouter.set({ reply: 'one two three four', failAfterChunks: 2 })
  const response = await stream()
  expect(response.status).toBe(200)
  const { events, isDone } = eventsIn(await response.text())
  expect(isDone).toBe(false)
  expect(wordsOf(events)).toBe('one two')
  expect(events.at(-1)).toMatchObject({
    provider: 'openai',
    error: { code: 'server_error', message: 'Provider disconnected unexpectedly' },
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  })
  await openrouter.set({ failWith: 'rate_limit' })
  expect(eventsIn(await (await stream()).text()).events.at(-1)?.error).toEqual({
    code: 429,
    message: 'Rate limit exceeded',
  })
  expect(await lastPrompt()).toMatchObject({ outcome: 'failed', pieces: 2 })
})

test('an error before the first piece is an ordinary answer', async () => {
  await openrouter.set({ failAfterChunks: 0 })
  const response = await stream()
  expect([response.status, response.headers.get('content-type')]).toEqual([502, expect.stringContaining('json')])
})

test('a connection can be cut in the middle of a line', async () => {
  await openrouter.set({ reply: 'one two three', failAfterChunks: 2, failWith: 'cut', chunkDelayMs: 20 })
  const seen: string[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const part of (await stream()).body ?? []) seen.push(decoder.decode(part, { stream: true }))
  }
  await expect(read()).rejects.toThrow('terminated')
  expect(seen.join('')).toContain('"content":" two"')
  expect(seen.join('')).not.toContain('[DONE]')
  expect(await lastPrompt()).toMatchObject({ outcome: 'failed' })
})

test('who leaves pays for what was sent, and the answer is known as cancelled', async () => {
  await openrouter.set({ reply: 'word '.repeat(50), chunkDelayMs: 60_000 })
  const left = new AbortController()
  const response = await stream({}, { signal: left.signal })
  const reader = response.body?.getReader()
  let text = ''
  while (!text.includes('"content":"word"')) text += Buffer.from((await reader?.read())?.value ?? []).toString()
  expect((await lastPrompt())?.outcome).toBe('running')
  left.abort()
  await expect.poll(async () => (await lastPrompt())?.outcome).toBe('cancelled')
  const id = response.headers.get('x-generation-id')
  const { data } = await (await openrouter.api(`/generation?id=${id}`, key)).json()
  expect(data).toMatchObject({ cancelled: true, streamed: true, tokens_completion: 1 })
  expect(data.total_cost).toBeGreaterThan(0)
})

test('a fault can replace, delay or drop a streamed answer like any other', async () => {
  const path = '/openrouter-web/api/v1/chat/completions'
  await openrouter.control.faults([{ path, status: 524, after: true, times: 1 }])
  expect((await stream()).status).toBe(524)
  await openrouter.control.faults([{ path, drop: 'after', times: 1 }])
  await expect(stream()).rejects.toThrow('fetch failed')
  await openrouter.control.faults([{ path, headers: { 'x-note': 'kept' }, times: 1 }])
  const response = await stream()
  expect([response.headers.get('x-note'), eventsIn(await response.text()).isDone]).toEqual(['kept', true])
})
