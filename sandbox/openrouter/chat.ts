import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Answer, type Call, Cut, header, json, parseJson } from '#sandbox/http.ts'
import { ChatRequest, textOf, tokensIn } from './messages.ts'
import { DEFAULT_MODEL, type Model, modelOf } from './models.ts'
import { badRequest } from './refusal.ts'
import { chosenModel, refuseChat } from './refuse-chat.ts'
import { piecesOf, replyTo } from './reply.ts'
import { failure, openRun, type Run, settle, usageOfRun } from './run.ts'
import type { Attribution, Caller, Received } from './state.ts'
import { streamed } from './stream.ts'

/** POST /chat/completions, in one piece or streamed. */
export async function chat(call: Call, caller: Caller): Promise<Answer> {
  const { state } = caller
  const attribution = attributionOf(call)
  const sent = ChatRequest.safeParse(parseJson(call.body))
  if (!sent.success) throw badRequest()
  const request = sent.data
  const received = receive(call, caller, request, attribution)
  const model = chosenModel(request, state)
  refuseChat({ ...caller, request }, model)

  const all = piecesOf(state.settings.reply ?? replyTo(request.messages))
  const most = request.max_tokens ?? request.max_completion_tokens ?? model.maxOutput ?? all.length
  const run = openRun(caller, {
    model: answering(model),
    id: `gen-${Math.floor(state.world.clock.now() / 1000)}-${randomBytes(15).toString('base64url').slice(0, 20)}`,
    pieces: all.slice(0, most),
    finish: most < all.length ? 'length' : 'stop',
    promptTokens: tokensIn(request.messages.map(textOf).join('\n')),
    received,
  })
  return request.stream ? streamed(run) : await inOnePiece(run)
}

/** Keeps the prompt for tests; the log of requests gets the names of attribution headers only. */
function receive(call: Call, { state, account }: Caller, request: ChatRequest, attribution: Attribution): Received {
  const body: unknown = parseJson(call.body)
  const received: Received = {
    at: new Date(state.world.clock.now()).toISOString(),
    account: account.login,
    model: request.model ?? null,
    isStreamed: request.stream === true,
    fields: Object.keys(typeof body === 'object' && body !== null ? body : {}),
    messages: request.messages,
    attribution,
    outcome: 'refused',
    pieces: 0,
  }
  state.received = [...state.received, received].slice(-100)
  return received
}

const ATTRIBUTION = ['http-referer', 'x-openrouter-title', 'x-title', 'x-openrouter-categories']
const MOST_CATEGORIES = 2

function attributionOf(call: Call): Attribution {
  const names = ATTRIBUTION.filter((name) => header(call, name) !== undefined)
  if (names.length > 0) call.note.headers = names
  const referer = header(call, 'http-referer')
  const title = header(call, 'x-openrouter-title') ?? header(call, 'x-title')
  const categories = header(call, 'x-openrouter-categories')
    ?.split(',')
    .map((one) => one.trim())
    .slice(0, MOST_CATEGORIES)
  return { ...(referer && { referer }), ...(title && { title }), ...(categories && { categories }) }
}

// The Auto Router names the model that it picked.
const answering = (model: Model): Model => (model.pricing ? model : (modelOf(DEFAULT_MODEL) ?? model))

async function inOnePiece(run: Run): Promise<Answer> {
  const { settings } = run.caller.state
  if (settings.firstChunkDelayMs > 0) await wait(settings.firstChunkDelayMs)
  const fails = settings.failAfterChunks !== null && settings.failAfterChunks < run.pieces.length
  const sent = fails ? (settings.failAfterChunks ?? 0) : run.pieces.length
  settle(run, sent, fails ? 'failed' : 'finished')
  if (fails && settings.failWith === 'cut') return { status: 200, body: cut }
  // A model that fails after the request was accepted answers 200: in its choice, or beside everything.
  const error = fails ? failure(settings.failWith) : null
  const isBeside = error !== null && settings.failWith === 'rate_limit'
  const finish = error ? 'error' : run.finish
  const choice = {
    index: 0,
    finish_reason: finish,
    native_finish_reason: finish,
    message: { role: 'assistant', content: run.pieces.slice(0, sent).join('') },
    ...(error && { error }),
  }
  return json(
    200,
    {
      id: run.id,
      object: 'chat.completion',
      created: run.created,
      model: run.model.id,
      ...(isBeside ? { error, choices: [] } : { choices: [choice] }),
      system_fingerprint: null,
      usage: usageOfRun(run, sent),
    },
    { 'x-generation-id': run.id },
  )
}

async function* cut(): AsyncGenerator<string> {
  yield '{'
  throw new Cut()
}
