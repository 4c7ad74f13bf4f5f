import { log } from '#lib/platform/log.ts'
import { Problem, problemBody } from '#lib/platform/problem.ts'

/** Whether a request wants its answer as JSON lines (application/x-ndjson), each as soon as it is there. */
export const wantsLines = (request: Request): boolean =>
  /application\/x-ndjson(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers.get('accept') ?? '')

type Write = (line: unknown) => void

/**
 * An answer of JSON lines: `work` writes them and the answer ends with it; what it throws is the last line, as { problem }.
 * `signal` fires when nobody reads any more.
 */
export function jsonLines(requestId: string, work: (write: Write, signal: AbortSignal) => Promise<void>): Response {
  const abandon = new AbortController()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write: Write = (line) => {
        if (!abandon.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      await work(write, abandon.signal).catch((error: unknown) => {
        if (!(error instanceof Problem)) log.error({ error, requestId }, 'unexpected')
        write({ problem: problemBody(error, requestId) })
      })
      if (!abandon.signal.aborted) controller.close()
    },
    cancel: () => abandon.abort(),
  })
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no', // a proxy that collects the lines would undo the streaming
      'x-request-id': requestId,
    },
  })
}
