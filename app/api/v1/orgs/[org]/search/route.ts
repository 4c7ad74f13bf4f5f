import { route } from '#lib/http/route.ts'
import { SearchAnswer, SearchQuery, SourceAnswer } from '#lib/resources/schema.ts'
import { searchResources, startSearch } from '#lib/resources/search-resources.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

const wantsLines = (request: Request): boolean =>
  /application\/x-ndjson(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers.get('accept') ?? '')

/** One line a source, in the order in which they answer. */
function lines(answers: readonly Promise<SourceAnswer>[], abandon: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async start(controller) {
      const write = async (answer: Promise<SourceAnswer>) => {
        const line = JSON.stringify(SourceAnswer.parse(await answer))
        if (!abandon.signal.aborted) controller.enqueue(encoder.encode(`${line}\n`))
      }
      await Promise.allSettled(answers.map(write))
      if (!abandon.signal.aborted) controller.close()
    },
    cancel: () => abandon.abort(),
  })
}

export const GET = route(
  {
    summary: 'Search everything the caller has connected; as NDJSON a line a source as it answers',
    params: OrgParams,
    query: SearchQuery,
    answer: SearchAnswer,
    lines: SourceAnswer,
    limit: { name: 'search', count: 240, seconds: 60 },
  },
  async ({ actor, query, request, origin }) => {
    if (!wantsLines(request)) return searchResources(actor, query)
    const abandon = new AbortController()
    const answers = await startSearch(actor, query, { signal: abandon.signal })
    return new Response(lines(answers, abandon), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no', // a proxy that collects the lines would undo the streaming
        'x-request-id': origin.requestId,
      },
    })
  },
)
