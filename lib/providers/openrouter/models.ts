import { z } from 'zod'
import { ProviderFailure } from '#lib/providers/api.ts'
import type { Page, Reader, Resource } from '#lib/providers/define.ts'
import type { Api, Query } from '#lib/providers/define-api.ts'
import { isModelName, modelId, modelName } from './ids.ts'
import { modelLink } from './links.ts'
import { perMillion } from './prices.ts'

const Text = z.string().nullish().catch(null)

// openrouter.ai/docs/guides/overview/models
const Model = z.object({
  id: z.string(),
  name: z.string(),
  description: Text,
  context_length: z.number().nullish().catch(null),
  architecture: z.object({ modality: Text }).nullish().catch(null),
  pricing: z.object({ prompt: Text, completion: Text }).nullish().catch(null),
  expiration_date: Text,
})
type Model = z.infer<typeof Model>
const One = z.object({ data: Model })
const Many = z.object({ data: z.array(Model) })

const PAGE = 100

/** The words of a description, which is written in Markdown. */
const plain = (text: string): string => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').trim()

/** Models have their pages beside the API. */
const pageOf = (api: Api, name: string): string => new URL(`../../${name}`, `${api.base}/`).href

function toResource(api: Api, model: Model): Resource {
  const { id: name, pricing, context_length: contextLength, architecture, expiration_date: endsOn } = model
  const [inputPrice, outputPrice] = [perMillion(pricing?.prompt), perMillion(pricing?.completion)]
  return {
    kind: 'model',
    id: modelId(name),
    title: model.name,
    url: pageOf(api, name),
    ...(model.description ? { excerpt: plain(model.description) } : {}),
    body: {
      model: name,
      ...(contextLength ? { contextLength } : {}),
      ...(inputPrice === null ? {} : { inputPrice }),
      ...(outputPrice === null ? {} : { outputPrice }),
      ...(architecture?.modality ? { modality: architecture.modality } : {}),
      ...(endsOn ? { endsOn } : {}),
    },
  }
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,6}$/.test(cursor)) throw new ProviderFailure('not_found')
  return Number(cursor)
}

async function modelsAt(api: Api, query: Query, cursor?: string): Promise<Page> {
  const offset = offsetOf(cursor)
  const { data } = await api('/models', { schema: Many, query: { ...query, limit: PAGE, offset } })
  // One that does not know `limit` sends them all at once.
  const next = data.length === PAGE ? { nextCursor: String(offset + PAGE) } : {}
  return { items: data.filter(({ id }) => isModelName(id)).map((model) => toResource(api, model)), ...next }
}

export const models: Reader = {
  kind: 'model',
  name: 'Model',
  list: (api, { cursor }) => modelsAt(api, { sort: 'most-popular' }, cursor),
  search: (api, q, { cursor }) => modelsAt(api, { q }, cursor),
  read: async (api, id) => toResource(api, (await api(`/model/${modelName(id)}`, { schema: One })).data),
  match: modelLink,
}
