import { createParser } from 'eventsource-parser'
import { request } from 'undici'
import { checkTypedUrl } from './egress.ts'
import { dispatcherFor, NoAnswer, type Outgoing, toHeaders, toNoAnswer } from './http.ts'
import { assertNoTransaction } from './transaction.ts'

/** An answer whose body is still coming. `text` gives what there is of it, part by part; leaving the loop ends the connection. */
export type Opened = { status: number; headers: Headers; text: AsyncIterable<string> }
export type Opening = Pick<Outgoing, 'headers' | 'body' | 'guard'> & {
  /** How long the first byte, and then each next one, may take. */
  silenceMs?: number
  /** Ends it, whatever it is doing. */
  signal?: AbortSignal
}

const SILENCE_MS = 30_000

/** Posts a question and hands the answer over as it comes. Follows no redirect. Throws NoAnswer, also in the middle of the body. */
export async function openStream(address: string | URL, init: Opening): Promise<Opened> {
  assertNoTransaction('a request to the outside')
  const silenceMs = init.silenceMs ?? SILENCE_MS
  try {
    if (init.guard) checkTypedUrl(new URL(address), init.guard.allow)
    const answer = await request(address, {
      method: 'POST',
      headers: Object.fromEntries(init.headers ?? new Headers()),
      body: init.body ?? null,
      dispatcher: dispatcherFor(init.guard),
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      ...(init.signal ? { signal: init.signal } : {}),
    })
    return { status: answer.statusCode, headers: toHeaders(answer.headers), text: readText(answer.body) }
  } catch (error) {
    throw toNoAnswer(error)
  }
}

async function* readText(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const part of body) yield decoder.decode(part, { stream: true })
    const rest = decoder.decode()
    if (rest) yield rest
  } catch (error) {
    throw toNoAnswer(error)
  }
}

// One event is never longer than a model's longest answer; a stream that does not end one is no event stream.
const MAX_EVENT = 1_000_000

/**
 * The data of each event of a text/event-stream (html.spec.whatwg.org/multipage/server-sent-events.html); one that the end
 * cuts short is none. Throws what `text` throws, and NoAnswer for an event that does not end.
 */
export async function* readEvents(text: AsyncIterable<string>): AsyncGenerator<string> {
  const ready: string[] = []
  let isTooLarge = false
  const parser = createParser({
    onEvent: ({ data }) => ready.push(data),
    onError: ({ type }) => {
      isTooLarge ||= type === 'max-buffer-size-exceeded'
    },
    maxBufferSize: MAX_EVENT,
  })
  for await (const part of text) {
    parser.feed(part)
    yield* ready.splice(0)
    if (isTooLarge) throw new NoAnswer('too-large')
  }
}

/** All of a short body as one string, at most `most` characters of it. */
export async function readAll(text: AsyncIterable<string>, most = 65_536): Promise<string> {
  let whole = ''
  for await (const part of text) {
    whole += part
    if (whole.length > most) break
  }
  return whole.slice(0, most)
}
