import { type ZodType, z } from 'zod'

/** `?cursor=&limit=` of every list. A cursor is what the page before said in `nextCursor`. */
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type PageQuery = z.infer<typeof PageQuery>

/** The same of a list that is short by its nature: without a `limit` it comes whole. */
export const WholeListQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type WholeListQuery = z.infer<typeof WholeListQuery>

/** A page of a list; `nextCursor` is null on the last one. */
export const pageOf = <T>(item: ZodType<T>) => z.object({ items: z.array(item), nextCursor: z.string().nullable() })
