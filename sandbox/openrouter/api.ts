import { type Answer, type Call, header, json } from '#sandbox/http.ts'
import { type Handler, type Route, router } from '#sandbox/route.ts'
import { deleteKey, listKeys, showCredits, showGeneration, showKey } from './account-api.ts'
import { chat } from './chat.ts'
import { exchangeCode } from './exchange.ts'
import { liveKey } from './keys.ts'
import { countModels, listModels, showEndpoints, showModel } from './models-api.ts'
import { Refusal } from './refusal.ts'
import { accountOf, type Caller, type State } from './state.ts'

const open = (line: string, handler: Handler<State>): Route<State, null> => ({ ...split(line), handler, about: null })
const keyed = (line: string, handler: Handler<Caller>): Route<State, null> =>
  open(line, (call, params, state) => handler(call, params, identify(call, state)))
const managed = (line: string, handler: Handler<Caller>): Route<State, null> =>
  keyed(line, (call, params, caller) => {
    if (!caller.key.isManagement) throw new Refusal(403, 'Only management keys can perform this operation')
    return handler(call, params, caller)
  })

function split(line: string): { method: string; pattern: string } {
  const [method = '', pattern = ''] = line.split(' ')
  return { method, pattern: `/api/v1${pattern}` }
}

const find = router([
  open('POST /auth/keys', (call, _params, state) => exchangeCode(call, state)),
  open('GET /models', listModels),
  open('GET /models/count', countModels),
  keyed('GET /models/user', (call, params, { state }) => listModels(call, params, state)),
  keyed('GET /models/{author}/{slug}/endpoints', (call, params, { state }) => showEndpoints(call, params, state)),
  keyed('GET /model/{author}/{slug}', (call, params, { state }) => showModel(call, params, state)),
  keyed('GET /key', showKey),
  keyed('POST /chat/completions', (call, _params, caller) => chat(call, caller)),
  keyed('GET /generation', showGeneration),
  managed('GET /credits', showCredits),
  managed('GET /keys', listKeys),
  managed('DELETE /keys/{hash}', deleteKey),
])

/** Answers one request under https://openrouter.ai/api/v1. */
export async function answerApi(call: Call, state: State): Promise<Answer> {
  try {
    const found = find(call.method, call.rest)
    if (found) return await found.handler(call, found.params, state)
    const isExchange = call.rest === '/api/v1/auth/keys'
    const [status, message] = isExchange ? [405, 'Method Not Allowed'] : [404, 'Not Found']
    return json(Number(status), { error: { code: status, message } })
  } catch (problem) {
    if (problem instanceof Refusal) return problem.answer
    throw problem
  }
}

function identify(call: Call, state: State): Caller {
  const sent = header(call, 'authorization')
  if (sent === undefined) throw new Refusal(401, 'Missing Authentication header')
  const [, value = ''] = /^bearer (\S+)$/i.exec(sent) ?? []
  const key = liveKey(state, value)
  const account = key && accountOf(state, key.account)
  if (!account) throw new Refusal(401, 'User not found.', { metadata: { error_type: 'authentication' } })
  call.note.account = account.login
  call.note.token = key.value
  return { state, account, key }
}
