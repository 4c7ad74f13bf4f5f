import { remainingOf } from './keys.ts'
import { countFree } from './limits.ts'
import { type ChatMessage, type ChatRequest, textOf, tokensIn } from './messages.ts'
import { DEFAULT_MODEL, isFree, type Model, modelOf, providerOf } from './models.ts'
import { badRequest, notFound, Refusal } from './refusal.ts'
import { balanceOf, type Caller, type State, type Trouble } from './state.ts'

type Asked = Caller & { request: ChatRequest }

/** The first of the models asked for that can answer; without one the account's default. */
export function chosenModel({ model, models = [] }: ChatRequest, { settings }: State): Model {
  const wanted = [...(model === undefined ? [] : [model]), ...models]
  const names = wanted.length > 0 ? wanted : [DEFAULT_MODEL]
  const known = names.flatMap((name) => modelOf(name) ?? [])
  const found = known.find(({ id, outputs }) => outputs.includes('text') && !settings.goneModels.includes(id))
  if (found) return found
  const [gone] = known
  if (gone) throw new Refusal(404, `No endpoints found for ${gone.id}.`, { metadata: { error_type: 'not_found' } })
  throw settings.unknownModelStatus === 404 ? notFound() : badRequest(`${names[0]} is not a valid model ID`)
}

/** Throws the refusal that meets this request before its first token, if there is one. */
export function refuseChat(asked: Asked, model: Model): void {
  const { state, account, key, request } = asked
  if (key.isManagement)
    throw new Refusal(403, 'Management keys cannot perform this operation', {
      metadata: { error_type: 'permission_denied' },
    })
  refuseUnpaid(asked, model)
  if (isFree(model)) countFree(state, account)
  if (state.settings.guardrail) refuseInjection(request.messages, model)
  refuseFlagged(asked, model)
  refuseTooLong(request, model)
  if (state.settings.trouble) throw inTrouble(state.settings.trouble)
  if (state.settings.failAfterChunks === 0 && state.settings.failWith !== 'cut')
    throw inTrouble(state.settings.failWith === 'rate_limit' ? 'rate_limit' : 'unavailable')
}

function refuseUnpaid({ state, account, key }: Asked, model: Model): void {
  const balance = balanceOf(account)
  if (balance < 0 || (balance === 0 && !isFree(model)))
    throw new Refusal(402, 'Insufficient credits. Add more using https://openrouter.ai/credits', {
      metadata: { error_type: 'payment_required' },
    })
  if (remainingOf(state, key) !== 0 || isFree(model)) return
  // Its own limit is no 402: github.com/MCPJam/inspector/issues/1287, github.com/RooCodeInc/Roo-Code/issues/515
  const period = key.limitReset ?? 'total'
  throw new Refusal(403, `Key limit exceeded (${period} limit). Manage it using https://openrouter.ai/settings/keys`, {
    metadata: { error_type: 'permission_denied' },
  })
}

const INJECTION = /(?:ignore|disregard) (?:all )?(?:previous|prior) instructions/i

function refuseInjection(messages: readonly ChatMessage[], model: Model): void {
  const [pattern] = INJECTION.exec(messages.map(textOf).join('\n')) ?? []
  if (pattern === undefined) return
  const stage = {
    type: 'guardrail',
    name: 'regex_pi_detection',
    guardrail_id: 'grd_sandbox',
    guardrail_scope: 'api-key',
    summary: 'Blocked: prompt injection detected (1 pattern matched)',
    data: { action: 'blocked', detected: true, engines: ['regex'], patterns: [pattern] },
  }
  const endpoint = { model: model.id, provider: providerOf(model), selected: false }
  throw new Refusal(403, 'Request blocked: prompt injection patterns detected', {
    metadata: { patterns: [pattern] },
    body: {
      openrouter_metadata: {
        requested: model.id,
        strategy: 'direct',
        region: 'iad',
        summary: 'available=1',
        attempt: 1,
        is_byok: false,
        endpoints: { total: 1, available: [endpoint] },
        pipeline: [stage],
      },
    },
  })
}

// openrouter.ai/docs/api-reference/errors, "Moderation Errors"
function refuseFlagged({ state, request }: Asked, model: Model): void {
  if (!model.isModerated) return
  const text = request.messages.map(textOf).join('\n')
  const word = state.settings.flaggedWords.find((one) => text.toLowerCase().includes(one.toLowerCase()))
  if (word === undefined) return
  throw new Refusal(403, `${model.id} requires moderation. Your input was flagged.`, {
    metadata: { reasons: ['violence'], flagged_input: word, provider_name: providerOf(model), model_slug: model.id },
  })
}

function refuseTooLong({ messages, ...request }: ChatRequest, model: Model): void {
  const input = tokensIn(messages.map(textOf).join('\n'))
  const output = request.max_tokens ?? request.max_completion_tokens ?? 0
  if (input + output <= model.contextLength) return
  throw new Refusal(
    400,
    `This endpoint's maximum context length is ${model.contextLength} tokens. However, you requested about ${input + output} tokens (${input} of text input, ${output} in the output). Please reduce the length of either one, or use the "middle-out" transform to compress your prompt automatically.`,
  )
}

const TROUBLES: Record<Trouble, [status: number, message: string, type: string, retryAfter: number | null]> = {
  rate_limit: [429, 'Rate limit exceeded', 'rate_limit_exceeded', 7],
  unavailable: [502, 'Provider returned error', 'provider_unavailable', null],
  overloaded: [503, 'Provider overloaded', 'provider_overloaded', 12],
  timeout: [408, 'Request timed out', 'timeout', null],
}

function inTrouble(trouble: Trouble): Refusal {
  const [status, message, type, retryAfter] = TROUBLES[trouble]
  const availability = { code: type, retryable: true, retry_after: retryAfter, fallback_models: [DEFAULT_MODEL] }
  return new Refusal(status, message, {
    metadata: { error_type: type },
    error: trouble === 'timeout' ? {} : { availability },
    headers: retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
  })
}
