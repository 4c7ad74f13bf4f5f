import { expect, test } from 'vitest'
import type { Piece } from '#lib/providers/define.ts'
import { modelId } from '#lib/providers/openrouter/ids.ts'
import { openrouter } from '#lib/providers/openrouter/provider.ts'
import type { Reply } from '#tests/support/loopback.ts'
import { eventStream, openrouterApi } from '#tests/support/openrouter-api.ts'

const piece = (content: string | null, finish: string | null = null) => ({
  id: 'gen-1',
  object: 'chat.completion.chunk',
  model: 'lathe/bolt-2',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
})
const usage = { id: 'gen-1', choices: [], usage: { prompt_tokens: 90, completion_tokens: 4, cost: 0.00012 } }
const DONE = 'data: [DONE]'

async function ask(reply: Reply, signal = new AbortController().signal) {
  const { api, received } = await openrouterApi({ 'POST /chat/completions': reply })
  const model = modelId('lathe/bolt-2')
  const prompt = { model, rules: 'Be short.', question: 'How many?', maxTokens: 300, signal }
  const pieces: Piece[] = []
  const read = async () => {
    for await (const one of openrouter.converse?.ask(api, prompt) ?? []) pieces.push(one)
  }
  const failure = await read().then(
    () => null,
    (error: unknown) => error,
  )
  return { pieces, failure, request: received[0] }
}

test('a question is sent as two messages, streamed, without tools, and names the product alone', async () => {
  const { request } = await ask(eventStream(piece('Five', 'stop'), DONE))
  expect(JSON.parse(request?.body ?? '')).toEqual({
    model: 'lathe/bolt-2',
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'How many?' },
    ],
    max_tokens: 300,
    stream: true,
  })
  expect(request?.headers).toMatchObject({ accept: 'text/event-stream', 'x-openrouter-title': 'Plugboard' })
  expect(request?.headers).not.toHaveProperty('http-referer')
})

test('comments and the usage beside no choice are no words; the end says how many tokens and what they cost', async () => {
  const stream = [': OPENROUTER PROCESSING', piece(''), piece('Five '), ': OPENROUTER PROCESSING', piece('retries.')]
  const { pieces, failure } = await ask(eventStream(...stream, piece('', 'stop'), usage, DONE))
  expect(failure).toBeNull()
  expect(pieces).toEqual([{ text: 'Five ' }, { text: 'retries.' }, { end: 'whole', tokens: 4, dollars: 0.00012 }])
})

test.each([
  ['stop', 'whole'],
  ['length', 'length'],
  ['content_filter', 'filter'],
  ['tool_calls', 'whole'],
])('an answer that finished with %s is %s', async (finish, end) => {
  expect((await ask(eventStream(piece('Five', finish), DONE))).pieces.at(-1)).toEqual({ end })
})

test.each([
  ['server_error', 'unavailable'],
  [429, 'rate_limited'],
  ['429', 'rate_limited'],
  ['rate_limit_exceeded', 'rate_limited'],
  [402, 'plan'],
])('an error in the middle (%s) ends it with what came before', async (code, failure) => {
  const broken = { ...piece('', 'error'), error: { code, message: 'Northwind is on fire' } }
  const found = await ask(eventStream(piece('Five'), broken))
  expect(found.pieces).toEqual([{ text: 'Five' }])
  expect(found.failure).toMatchObject({ name: 'ProviderFailure', failure, detail: 'broke_off' })
  expect(String(found.failure)).not.toContain('Northwind')
})

test('a stream that just ends, breaks its lines or is cut is no whole answer', async () => {
  const ended = await ask(eventStream(piece('Five')))
  expect([ended.pieces, ended.failure]).toMatchObject([[{ text: 'Five' }], { failure: 'unavailable' }])
  const broken = await ask(eventStream(piece('Five'), 'data: {"choices": [', DONE))
  expect(broken.failure).toMatchObject({ failure: 'unavailable' })
  const cut = await ask({ ...eventStream(piece('Five')), cut: true })
  expect(cut.failure).toMatchObject({ name: 'ProviderFailure', failure: 'unavailable' })
})

test('a refusal before the first word is an ordinary answer with its own meaning', async () => {
  const refusal = (status: number, message: string) => ({ status, body: { error: { code: status, message } } })
  const failureOf = async (reply: Reply) => (await ask(reply)).failure
  expect(await failureOf(refusal(402, 'Insufficient credits.'))).toMatchObject({ failure: 'plan' })
  expect(await failureOf(refusal(401, 'User not found.'))).toMatchObject({ failure: 'expired' })
  expect(await failureOf(refusal(404, 'No endpoints found.'))).toMatchObject({ failure: 'not_found' })
  const limited = { ...refusal(429, 'Rate limit exceeded'), headers: { 'retry-after': '9' } }
  expect(await failureOf(limited)).toMatchObject({ failure: 'rate_limited', retryAt: expect.any(Date) })
})

test('an abort ends the answer', async () => {
  const left = new AbortController()
  const asking = ask({ silent: true }, left.signal)
  setTimeout(() => left.abort(), 50)
  expect((await asking).failure).toMatchObject({ name: 'ProviderFailure' })
})

test('a model’s id that is none is asked of nobody', async () => {
  const { api, received } = await openrouterApi({})
  const { signal } = new AbortController()
  const prompt = { model: modelId('../key'), rules: '', question: '', maxTokens: 1, signal }
  const read = async () => Array.fromAsync(openrouter.converse?.ask(api, prompt) ?? [])
  await expect(read()).rejects.toMatchObject({ failure: 'not_found' })
  expect(received).toEqual([])
})
