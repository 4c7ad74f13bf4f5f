/** Prices are in US dollars per million tokens; null where OpenRouter prices by the model it picks. */
export type Model = {
  id: string
  canonicalSlug: string
  name: string
  description: string
  createdAt: string
  contextLength: number
  maxOutput: number | null
  pricing: { prompt: number; completion: number } | null
  inputs: string[]
  outputs: string[]
  tokenizer: string
  isModerated: boolean
  hasTools: boolean
}

type Row = [id: string, name: string, createdAt: string, contextLength: number, prompt: number, completion: number]

const model = ([id, name, createdAt, contextLength, prompt, completion]: Row, more: Partial<Model> = {}): Model => ({
  id,
  canonicalSlug: id.replace(/:.*$/, ''),
  name,
  description: `${name}, with room for ${contextLength.toLocaleString('en')} tokens.`,
  createdAt,
  contextLength,
  maxOutput: 16_384,
  pricing: { prompt, completion },
  inputs: ['text'],
  outputs: ['text'],
  tokenizer: 'Other',
  isModerated: false,
  hasTools: true,
  ...more,
})
const seeing = { inputs: ['text', 'image'] }

/** The catalogue, most used first. */
export const catalogue: readonly Model[] = [
  model(['anthropic/claude-sonnet-4.5', 'Anthropic: Claude Sonnet 4.5', '2025-09-29', 1_000_000, 3, 15], {
    ...seeing,
    tokenizer: 'Claude',
    maxOutput: 64_000,
  }),
  model(['google/gemini-2.5-flash', 'Google: Gemini 2.5 Flash', '2025-06-17', 1_048_576, 0.3, 2.5], {
    ...seeing,
    tokenizer: 'Gemini',
    maxOutput: 65_535,
  }),
  model(['openai/gpt-4o-mini', 'OpenAI: GPT-4o-mini', '2024-07-18', 128_000, 0.15, 0.6], {
    ...seeing,
    canonicalSlug: 'openai/gpt-4o-mini-2024-07-18',
    tokenizer: 'GPT',
    isModerated: true,
  }),
  model(['openai/gpt-4o', 'OpenAI: GPT-4o', '2024-05-13', 128_000, 2.5, 10], {
    ...seeing,
    tokenizer: 'GPT',
    isModerated: true,
  }),
  model(['google/gemini-2.5-pro', 'Google: Gemini 2.5 Pro', '2025-06-17', 1_048_576, 1.25, 10], {
    ...seeing,
    tokenizer: 'Gemini',
    maxOutput: 65_536,
  }),
  model(['anthropic/claude-haiku-4.5', 'Anthropic: Claude Haiku 4.5', '2025-10-15', 200_000, 1, 5], {
    ...seeing,
    tokenizer: 'Claude',
    maxOutput: 64_000,
  }),
  model(['deepseek/deepseek-chat-v3.1', 'DeepSeek: DeepSeek V3.1', '2025-08-21', 163_840, 0.2, 0.8], {
    tokenizer: 'DeepSeek',
  }),
  model(['deepseek/deepseek-chat-v3.1:free', 'DeepSeek: DeepSeek V3.1 (free)', '2025-08-21', 163_840, 0, 0], {
    tokenizer: 'DeepSeek',
  }),
  model(['meta-llama/llama-3.3-70b-instruct', 'Meta: Llama 3.3 70B Instruct', '2024-12-06', 131_072, 0.13, 0.38], {
    tokenizer: 'Llama3',
  }),
  model(['meta-llama/llama-3.3-70b-instruct:free', 'Meta: Llama 3.3 70B Instruct (free)', '2024-12-06', 65_536, 0, 0], {
    tokenizer: 'Llama3',
    maxOutput: null,
  }),
  model(
    ['mistralai/mistral-small-3.2-24b-instruct', 'Mistral: Mistral Small 3.2 24B', '2025-06-20', 131_072, 0.06, 0.18],
    { ...seeing, tokenizer: 'Mistral', maxOutput: null },
  ),
  model(['qwen/qwen3-235b-a22b', 'Qwen: Qwen3 235B A22B', '2025-04-28', 40_960, 0.18, 0.54], { tokenizer: 'Qwen3' }),
  model(['openai/gpt-4', 'OpenAI: GPT-4', '2023-05-28', 8192, 30, 60], {
    tokenizer: 'GPT',
    maxOutput: 4096,
    isModerated: true,
  }),
  model(['gryphe/mythomax-l2-13b', 'MythoMax 13B', '2023-07-02', 4096, 0.06, 0.06], {
    tokenizer: 'Llama2',
    hasTools: false,
  }),
  model(['openrouter/auto', 'Auto Router', '2023-11-08', 2_000_000, 0, 0], {
    tokenizer: 'Router',
    maxOutput: null,
    pricing: null,
  }),
  model(['google/gemini-2.5-flash-image', 'Google: Gemini 2.5 Flash Image', '2025-10-07', 32_768, 0.3, 2.5], {
    ...seeing,
    outputs: ['image', 'text'],
    tokenizer: 'Gemini',
    hasTools: false,
  }),
  model(['openai/text-embedding-3-small', 'OpenAI: Text Embedding 3 Small', '2025-10-30', 8192, 0.02, 0], {
    outputs: ['embeddings'],
    tokenizer: 'GPT',
    maxOutput: null,
    hasTools: false,
  }),
]

/** The model that an account without a choice, and the Auto Router, answer with. */
export const DEFAULT_MODEL = 'openai/gpt-4o-mini'

/** The model of that id or canonical slug. */
export const modelOf = (id: string): Model | undefined =>
  catalogue.find((one) => one.id === id) ?? catalogue.find((one) => one.canonicalSlug === id)

/** Who runs a model, as answers name it. */
export const providerOf = ({ name }: Model): string => name.split(':')[0] ?? name

export const isFree = ({ id }: Model): boolean => id.endsWith(':free')
