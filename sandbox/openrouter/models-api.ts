import { type Call, json } from '#sandbox/http.ts'
import type { Handler } from '#sandbox/route.ts'
import { catalogue, type Model, modelOf, providerOf } from './models.ts'
import { badRequest, notFound } from './refusal.ts'
import type { State } from './state.ts'

const PAGE = { usual: 500, most: 1000 }

/** GET /models and /models/user: all of them unless a page is asked for. */
export const listModels: Handler<State> = (call, _params, state) => {
  const found = matching(call, state)
  const offset = whole(call, 'offset', 0) ?? 0
  const limit = whole(call, 'limit', 1, PAGE.most)
  const isPaged = call.query.has('offset') || limit !== null
  const shown = isPaged ? found.slice(offset, offset + (limit ?? PAGE.usual)) : found
  const end = offset + shown.length
  const next = isPaged && end < found.length ? nextPage(call, end) : null
  return json(200, { data: shown.map(shapeOf), total_count: found.length, links: { next } })
}

function nextPage({ query }: Call, offset: number): string {
  const next = new URLSearchParams(query)
  next.set('offset', String(offset))
  return `/api/v1/models?${next}`
}

/** GET /models/count */
export const countModels: Handler<State> = (call, _params, state) =>
  json(200, { data: { count: matching(call, state).length } })

/** GET /model/{author}/{slug}; its canonical slug leads there too. */
export const showModel: Handler<State> = (_call, params, state) => json(200, { data: shapeOf(named(params, state)) })

/** GET /models/{author}/{slug}/endpoints */
export const showEndpoints: Handler<State> = (_call, params, state) => {
  const model = named(params, state)
  const { id, name, created, description, architecture, pricing, context_length, top_provider, supported_parameters } =
    shapeOf(model)
  const provider = providerOf(model)
  const endpoint = {
    name: `${provider} | ${id}`,
    provider_name: provider,
    tag: provider.toLowerCase(),
    context_length,
    max_completion_tokens: top_provider.max_completion_tokens,
    pricing,
    supported_parameters,
    status: 0,
  }
  return json(200, { data: { id, name, created, description, architecture, endpoints: [endpoint] } })
}

function named({ author = '', slug = '' }: Record<string, string>, { settings }: State): Model {
  const model = modelOf(`${author}/${slug}`)
  if (!model || settings.goneModels.includes(model.id)) throw notFound()
  return model
}

function matching(call: Call, { settings }: State): Model[] {
  const words = (call.query.get('q') ?? '').toLowerCase()
  const parameters = listed(call, 'supported_parameters')
  const outputs = listed(call, 'output_modalities') ?? ['text']
  const inputs = listed(call, 'input_modalities')
  const context = whole(call, 'context', 0) ?? 0
  const [least, most] = [price(call, 'min_price') ?? 0, price(call, 'max_price') ?? Number.POSITIVE_INFINITY]
  const found = catalogue.filter((model) => {
    const cost = model.pricing?.prompt ?? 0
    return (
      !settings.goneModels.includes(model.id) &&
      `${model.id} ${model.name}`.toLowerCase().includes(words) &&
      (parameters ?? []).every((one) => parametersOf(model).includes(one)) &&
      (outputs.includes('all') || outputs.some((one) => model.outputs.includes(one))) &&
      (inputs ?? []).every((one) => model.inputs.includes(one)) &&
      model.contextLength >= context &&
      cost >= least &&
      cost <= most
    )
  })
  return sorted(found, call.query.get('sort'))
}

const dearness = ({ pricing }: Model): number => (pricing ? pricing.prompt + pricing.completion : 0)
const ORDERS: Record<string, (a: Model, b: Model) => number> = {
  'most-popular': () => 0,
  newest: (a, b) => b.createdAt.localeCompare(a.createdAt),
  'pricing-low-to-high': (a, b) => dearness(a) - dearness(b),
  'pricing-high-to-low': (a, b) => dearness(b) - dearness(a),
  'context-high-to-low': (a, b) => b.contextLength - a.contextLength,
}

function sorted(models: Model[], name: string | null): Model[] {
  const order = ORDERS[name ?? 'most-popular']
  if (!order) throw badRequest()
  return models.toSorted(order)
}

const listed = ({ query }: Call, name: string): string[] | null => query.get(name)?.split(',').filter(Boolean) ?? null

function whole({ query }: Call, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | null {
  const text = query.get(name)
  if (text === null) return null
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < least || value > most) throw badRequest()
  return value
}

function price({ query }: Call, name: string): number | null {
  const text = query.get(name)
  if (text !== null && !/^\d+(\.\d+)?$/.test(text)) throw badRequest()
  return text === null ? null : Number(text)
}

const parametersOf = ({ hasTools }: Model): string[] => [
  'max_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'response_format',
  ...(hasTools ? ['tools', 'tool_choice'] : []),
]

/** A decimal string in dollars per token; the router, which costs what it picks, has "-1". */
const perToken = (perMillion: number | undefined): string =>
  perMillion === undefined ? '-1' : (perMillion / 1_000_000).toFixed(12).replace(/\.?0+$/, '')

function shapeOf(model: Model) {
  return {
    id: model.id,
    canonical_slug: model.canonicalSlug,
    name: model.name,
    created: Date.parse(model.createdAt) / 1000,
    description: model.description,
    context_length: model.contextLength,
    architecture: {
      modality: `${model.inputs.join('+')}->${model.outputs.join('+')}`,
      input_modalities: model.inputs,
      output_modalities: model.outputs,
      tokenizer: model.tokenizer,
      instruct_type: null,
    },
    pricing: {
      prompt: perToken(model.pricing?.prompt),
      completion: perToken(model.pricing?.completion),
      request: '0',
      image: '0',
    },
    top_provider: {
      context_length: model.contextLength,
      max_completion_tokens: model.maxOutput,
      is_moderated: model.isModerated,
    },
    per_request_limits: null,
    supported_parameters: parametersOf(model),
    supported_voices: null,
    default_parameters: null,
    knowledge_cutoff: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${model.canonicalSlug}/endpoints` },
  }
}
