import { jsonLines, wantsLines } from '#lib/http/json-lines.ts'
import { route } from '#lib/http/route.ts'
import { SearchAnswer, SearchQuery, SourceAnswer } from '#lib/resources/schema.ts'
import { searchResources, startSearch } from '#lib/resources/search-resources.ts'
import { OrgParams } from '#lib/tenancy/schema.ts'

export const GET = route(
  {
    summary: 'Search everything the caller has connected; as NDJSON a line a source as it answers',
    scope: 'resources:read',
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
    return jsonLines(origin.requestId, async (write, signal) => {
      signal.addEventListener('abort', () => abandon.abort(), { once: true })
      const tell = async (answer: Promise<SourceAnswer>) => write(SourceAnswer.parse(await answer))
      await Promise.allSettled(answers.map(tell))
    })
  },
)
