import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Converse, Piece, Prompt } from '#lib/providers/define.ts'
import type { Api } from '#lib/providers/define-api.ts'
import { modelName } from './ids.ts'

const DONE = '[DONE]'
const Count = z.number().nullish().catch(null)

// openrouter.ai/docs/api/reference/streaming: `choices` is empty beside the usage, and an error comes as one more event.
const Chunk = z.object({
  error: z.object({ code: z.union([z.number(), z.string()]).optional() }).nullish(),
  choices: z
    .array(
      z.object({ delta: z.object({ content: z.string().nullish() }).nullish(), finish_reason: z.string().nullish() }),
    )
    .default([]),
  usage: z.object({ completion_tokens: Count, cost: Count }).nullish(),
})
type Chunk = z.infer<typeof Chunk>

function chunkIn(data: string): Chunk {
  try {
    return Chunk.parse(JSON.parse(data))
  } catch (cause) {
    throw new ProviderFailure('unavailable', { detail: 'unexpected event', cause })
  }
}

/** What ends an answer that had begun; its code is a status or a word. */
function breakOff(code: number | string | undefined): ProviderFailure {
  if (code === 402 || code === '402') return new ProviderFailure('plan', { detail: 'broke_off' })
  const isLimit = String(code) === '429' || code === 'rate_limit_exceeded'
  return new ProviderFailure(isLimit ? 'rate_limited' : 'unavailable', { detail: 'broke_off' })
}

const ends = new Map<string, 'whole' | 'length' | 'filter'>([
  ['length', 'length'],
  ['content_filter', 'filter'],
])

/** The one request. Its title is the product's: who asks, and where, is nobody's business there. No tools, no search. */
function open(api: Api, { model, rules, question, maxTokens, signal }: Prompt): Promise<AsyncIterable<string>> {
  return api.stream('/chat/completions', {
    body: {
      model: modelName(model),
      messages: [
        { role: 'system', content: rules },
        { role: 'user', content: question },
      ],
      max_tokens: maxTokens,
      stream: true,
    },
    headers: { 'x-openrouter-title': 'Plugboard' },
    signal,
  })
}

async function* ask(api: Api, prompt: Prompt): AsyncGenerator<Piece> {
  let finish: string | null = null
  let usage: Chunk['usage'] = null
  for await (const data of await open(api, prompt)) {
    if (data === DONE) break
    const chunk = chunkIn(data)
    const [choice] = chunk.choices
    if (choice?.delta?.content) yield { text: choice.delta.content }
    finish = choice?.finish_reason ?? finish
    if (chunk.error || finish === 'error') throw breakOff(chunk.error?.code)
    usage = chunk.usage ?? usage
  }
  if (finish === null) throw new ProviderFailure('unavailable', { detail: 'broke_off' })
  yield {
    end: ends.get(finish) ?? 'whole',
    ...(usage?.completion_tokens == null ? {} : { tokens: usage.completion_tokens }),
    ...(usage?.cost == null ? {} : { dollars: usage.cost }),
  }
}

export const converse: Converse = { kind: 'model', ask }
