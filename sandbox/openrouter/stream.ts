import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { type Answer, Cut } from '#sandbox/http.ts'
import { providerOf } from './models.ts'
import { failure, type Run, settle, usageOfRun } from './run.ts'

const COMMENT = ': OPENROUTER PROCESSING\n\n'
const COMMENT_EVERY_MS = 500
const COMMENT_EVERY_PIECES = 40

/** The answer as server-sent events (openrouter.ai/docs/api-reference/streaming). A caller who leaves pays for what was sent. */
export function streamed(run: Run): Answer {
  const { tearBytes } = run.caller.state.settings
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-generation-id': run.id },
    body: (gone) => (tearBytes === null ? events(run, gone) : torn(events(run, gone), tearBytes)),
  }
}

async function* events(run: Run, gone: AbortSignal): AsyncGenerator<string> {
  const { chunkDelayMs, firstChunkDelayMs, failAfterChunks, failWith } = run.caller.state.settings
  let sent = 0
  let outcome: 'finished' | 'failed' | 'cancelled' = 'cancelled'
  try {
    yield* thinking(firstChunkDelayMs, gone)
    for (const content of run.pieces) {
      if (sent === failAfterChunks) {
        outcome = 'failed'
        yield* failing(run, failWith)
        return
      }
      yield chunk(run, { choices: [choice(content, null)] })
      sent += 1
      if (sent % COMMENT_EVERY_PIECES === 0) yield COMMENT
      if (chunkDelayMs > 0) await wait(chunkDelayMs, undefined, { signal: gone })
      else await nextTurn()
    }
    yield chunk(run, { choices: [choice('', run.finish)] })
    outcome = 'finished'
    yield chunk(run, { choices: [], usage: usageOfRun(run, sent) })
    yield 'data: [DONE]\n\n'
  } finally {
    settle(run, sent, outcome)
  }
}

async function* thinking(delayMs: number, gone: AbortSignal): AsyncGenerator<string> {
  yield COMMENT
  for (let left = delayMs; left > 0; left -= COMMENT_EVERY_MS) {
    await wait(Math.min(left, COMMENT_EVERY_MS), undefined, { signal: gone })
    if (left > COMMENT_EVERY_MS) yield COMMENT
  }
}

/** The status was sent long ago: one last event tells, or the connection ends in the middle of a line. */
async function* failing(run: Run, what: 'server_error' | 'rate_limit' | 'cut'): AsyncGenerator<string> {
  if (what !== 'cut') {
    const provider = providerOf(run.model).toLowerCase()
    yield chunk(run, { provider, error: failure(what), choices: [choice('', 'error')] })
    return
  }
  yield `data: {"id":"${run.id}","obj`
  await nextTurn()
  throw new Cut()
}

function choice(content: string, finish: string | null): object {
  const delta = finish === 'error' ? { content } : { role: 'assistant', content }
  return { index: 0, delta, finish_reason: finish }
}

const chunk = ({ id, created, model }: Run, more: object): string =>
  `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model: model.id, ...more })}\n\n`

/** The same bytes in packets of one size, which end in the middle of lines and of characters. */
async function* torn(source: AsyncIterable<string>, size: number): AsyncGenerator<Buffer> {
  for await (const text of source) {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += size) {
      yield bytes.subarray(at, at + size)
      await nextTurn()
    }
  }
}
