import { ProviderFailure } from '#lib/providers/api.ts'

// author/slug, with a variant behind a colon (openrouter.ai/docs/guides/routing/model-variants).
const NAME = /^~?[a-z0-9][\w.-]{0,99}\/[a-z0-9][\w.-]{0,149}(?::[a-z0-9][\w.-]{0,49})?$/i

/** Whether a text can be what OpenRouter calls a model. */
export const isModelName = (name: string): boolean => NAME.test(name)

/** The id of a model: its name in base64url, so that it holds in a path. */
export const modelId = (name: string): string => Buffer.from(name).toString('base64url')

/** The name that an id stands for. Throws ProviderFailure `not_found` for an id that is none of ours. */
export function modelName(id: string): string {
  const name = Buffer.from(id, 'base64url').toString('utf8')
  if (!isModelName(name) || modelId(name) !== id) throw new ProviderFailure('not_found')
  return name
}
