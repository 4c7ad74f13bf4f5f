import { z } from 'zod'

/** A thing at a provider as one person may see it. `url` is empty where the provider gave none a browser may follow. */
export const ResourceView = z.object({
  provider: z.string(),
  connectionId: z.uuid(),
  kind: z.string(),
  /** The card it is drawn as, where that is not its kind's own. */
  looks: z.string().optional(),
  id: z.string(),
  title: z.string(),
  url: z.string(),
  parent: z.string().optional(),
  container: z.string().optional(),
  isPrivate: z.boolean().optional(),
  updatedAt: z.string().optional(),
  excerpt: z.string().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
})
export type ResourceView = z.infer<typeof ResourceView>

export const ResourceList = z.object({ items: z.array(ResourceView), nextCursor: z.string().nullable() })
export type ResourceList = z.infer<typeof ResourceList>

/** One source's part of a search: its answers, or why it has none. A line of the NDJSON stream. */
export const SourceAnswer = z.object({
  provider: z.string(),
  name: z.string(),
  connectionId: z.uuid().nullable(),
  state: z.enum(['ok', 'needs_connection', 'reauth', 'limited', 'unavailable', 'off']),
  message: z.string().nullable(),
  /** Until when the source asked us to wait. */
  retryAt: z.iso.datetime().optional(),
  items: z.array(ResourceView),
})
export type SourceAnswer = z.infer<typeof SourceAnswer>
export const SearchAnswer = z.object({ sources: z.array(SourceAnswer) })

export const ResourceQuery = z.object({
  kind: z.string().max(40),
  parent: z.string().max(8000).optional(),
  q: z.string().trim().min(1).max(200).optional(),
  cursor: z.string().max(2000).optional(),
})
export type ResourceQuery = z.infer<typeof ResourceQuery>
export const SearchQuery = z.object({
  q: z.string().trim().min(1, { error: 'Enter what to search for.' }).max(200),
  provider: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
})
export type SearchQuery = z.infer<typeof SearchQuery>

export const ResourceParams = z.object({
  org: z.string().max(64),
  connection: z.uuid(),
  kind: z.string().max(40),
  resource: z
    .string()
    .max(8000)
    .regex(/^[A-Za-z0-9._~-]+$/),
})
