import { type Asked, askBoard } from '#lib/answers/ask-board.ts'
import { readAsk } from '#lib/answers/queries.ts'
import { AnswerEvent, AskView, Question } from '#lib/answers/schema.ts'
import { BoardParams } from '#lib/boards/schema.ts'
import { route } from '#lib/http/route.ts'
import { log } from '#lib/platform/log.ts'

/** A proxy closes what is silent for too long, and a model may think for longer. */
const COMMENT_EVERY_MS = 10_000

/** The answer as server-sent events; who leaves ends it at the model too. */
function events(asked: Asked, leaving: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const left = new AbortController()
  const signal = AbortSignal.any([left.signal, leaving])
  return new ReadableStream({
    async start(controller) {
      const write = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text))
      }
      const alive = setInterval(() => write(': still here\n\n'), COMMENT_EVERY_MS)
      try {
        await asked((event) => write(`data: ${JSON.stringify(AnswerEvent.parse(event))}\n\n`), signal)
        if (!signal.aborted) controller.close()
      } catch (error) {
        log.error({ error }, 'an answer failed')
        if (!signal.aborted) controller.error(error)
      } finally {
        clearInterval(alive)
      }
    },
    cancel: () => left.abort(),
  })
}

export const GET = route(
  { summary: 'Whether and how the caller can ask a board', scope: 'boards:read', params: BoardParams, answer: AskView },
  async ({ actor, params }) => readAsk(actor, params.board),
)

export const POST = route(
  {
    summary: 'Ask a board; answered by a model from the cards the caller can see, as events',
    problems: ['not-connected', 'consent-required'],
    scope: 'boards:ask',
    params: BoardParams,
    body: Question,
    events: AnswerEvent,
    limit: { name: 'ask', count: 100, seconds: 600 },
  },
  async ({ actor, params, body, request, origin }) => {
    const asked = await askBoard(actor, params.board, body)
    return new Response(events(asked, request.signal), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no', // a proxy that collects the events would undo the streaming
        'x-request-id': origin.requestId,
      },
    })
  },
)
