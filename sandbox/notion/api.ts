import type { Answer, Call } from '#sandbox/http.ts'
import { type Route, router } from '#sandbox/route.ts'
import { type Context, identify, versionOf } from './access.ts'
import { listChildren, showBlock, showMarkdown } from './blocks.ts'
import { listComments } from './comments.ts'
import { count } from './limits.ts'
import { showDatabase, showPage, showSource } from './objects.ts'
import { queryDatabase, querySource } from './query.ts'
import { answerOf, Refusal, refused } from './refusal.ts'
import { search } from './search.ts'
import type { State } from './state.ts'
import { listUsers, showSelf, showUser } from './users.ts'

type Read = (call: Call, params: Record<string, string>, context: Context) => object
/** Some paths came with data sources, and one went. */
type Since = 'always' | 'with-sources' | 'before-sources'

const endpoint = (line: string, read: Read, about: Since = 'always'): Route<Context, Since> => {
  const [method = '', path = ''] = line.split(' ')
  const handler = (call: Call, params: Record<string, string>, context: Context) =>
    answerOf(read(call, params, context))
  return { method, pattern: `/v1${path}`, handler, about }
}

const find = router([
  endpoint('GET /users/me', showSelf),
  endpoint('GET /users', listUsers),
  endpoint('GET /users/{user}', showUser),
  endpoint('POST /search', search),
  endpoint('GET /databases/{database}', showDatabase),
  endpoint('POST /databases/{database}/query', queryDatabase, 'before-sources'),
  endpoint('GET /data_sources/{source}', showSource, 'with-sources'),
  endpoint('POST /data_sources/{source}/query', querySource, 'with-sources'),
  endpoint('GET /pages/{page}', showPage),
  endpoint('GET /pages/{page}/markdown', showMarkdown),
  endpoint('GET /blocks/{block}', showBlock),
  endpoint('GET /blocks/{block}/children', listChildren),
  endpoint('GET /comments', listComments),
])

/** Answers one request under /v1/ that a connection makes. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  try {
    const { token, grant } = identify(call, state)
    const version = versionOf(call)
    count(state, grant)
    const found = find(call.method, call.rest)
    const isThere = found && (found.about === 'always' || (found.about === 'with-sources') === version.hasSources)
    if (!isThere) throw new Refusal(400, 'invalid_request_url', 'Invalid request URL.')
    return await found.handler(call, found.params, { state, token, grant, version })
  } catch (problem) {
    if (problem instanceof Refusal) return refused(problem)
    throw problem
  }
}
