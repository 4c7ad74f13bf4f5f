import { type ZodType, z } from 'zod'
import type { Api, Query } from '#lib/providers/define-api.ts'

// Only what is named here is ever read. Outputs, variables, plans as JSON and the addresses of states and logs are not: whoever
// has such an address can open it (developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions).

/** A relation to one other thing; some answers leave it empty. */
const To = z.object({ data: z.object({ id: z.string(), type: z.string() }).nullish() }).nullish()
const optional = z.string().nullish()

export const Workspace = z.object({
  id: z.string().regex(/^ws-[A-Za-z0-9]+$/),
  attributes: z.object({
    name: z.string().regex(/^[A-Za-z0-9_-]+$/),
    description: optional,
    'execution-mode': optional,
    'terraform-version': optional,
    locked: z.boolean().nullish(),
    'latest-change-at': optional,
    permissions: z
      .object({ 'can-read-run': z.boolean().nullish(), 'can-read-state-versions': z.boolean().nullish() })
      .nullish(),
  }),
  relationships: z.object({ 'current-run': To, organization: To }).nullish(),
})
export type Workspace = z.infer<typeof Workspace>

export const Run = z.object({
  id: z.string().regex(/^run-[A-Za-z0-9]+$/),
  attributes: z.object({
    status: z.string(),
    message: optional,
    'created-at': optional,
    'is-destroy': z.boolean().nullish(),
    'plan-only': z.boolean().nullish(),
    actions: z.object({ 'is-confirmable': z.boolean().nullish() }).nullish(),
  }),
  relationships: z.object({ workspace: To, plan: To, 'created-by': To }).nullish(),
})
export type Run = z.infer<typeof Run>

const count = z.number().int().nonnegative().nullish()
export const Plan = z.object({
  id: z.string(),
  attributes: z.object({
    status: z.string(),
    'has-changes': z.boolean().nullish(),
    'resource-additions': count,
    'resource-changes': count,
    'resource-destructions': count,
    'resource-imports': count,
    'status-timestamps': z.object({ 'finished-at': optional }).nullish(),
  }),
})
export type Plan = z.infer<typeof Plan>

/** A user as far as it is shown: neither the e-mail address nor the picture. */
export const User = z.object({
  id: z.string(),
  attributes: z.object({ username: optional, 'is-service-account': z.boolean().nullish() }),
})
export type User = z.infer<typeof User>

export const State = z.object({
  attributes: z.object({
    'created-at': optional,
    'resources-processed': z.boolean().nullish(),
    resources: z.array(z.object({ type: z.string(), count: z.number() })).nullish(),
  }),
})
export type State = z.infer<typeof State>

const Included = z.array(z.looseObject({ id: z.string(), type: z.string() })).nullish()
/** What came along with an answer, each to be read by whoever needs it (jsonapi.org/format/#document-compound-documents). */
export type Included = z.infer<typeof Included>

/** What of it came along, if it did and can be read. */
export function includedIn<T>(included: Included, related: z.infer<typeof To>, schema: ZodType<T>): T | undefined {
  const wanted = related?.data
  const found = included?.find(({ id, type }) => id === wanted?.id && type === wanted.type)
  return found && schema.safeParse(found).data
}

/** One thing, with what was asked for beside it. */
export const readOne = <T>(api: Api, path: string, schema: ZodType<T>, query: Query = {}) =>
  api(path, { schema: z.object({ data: schema, included: Included }), query })

type PageAsk<T> = { schema: ZodType<T>; query?: Query; cursor?: string | undefined; size?: number }

/**
 * One page of a list, and the number of the next: the one thing every list tells, where an organization's runs have no last page
 * and no count (developer.hashicorp.com/terraform/cloud-docs/api-docs#pagination).
 */
export async function readPage<T>(api: Api, path: string, { schema, query, cursor, size = 50 }: PageAsk<T>) {
  const page = /^\d{1,6}$/.test(cursor ?? '') ? Number(cursor) : 1
  const { data, included, meta } = await api(path, {
    schema: z.object({
      data: z.array(schema),
      included: Included,
      meta: z.object({ pagination: z.object({ 'next-page': z.number().nullish() }).nullish() }).nullish(),
    }),
    query: { ...query, 'page[number]': page, 'page[size]': size },
  })
  const next = meta?.pagination?.['next-page']
  return { data, included, ...(typeof next === 'number' && next > page ? { nextCursor: String(next) } : {}) }
}
