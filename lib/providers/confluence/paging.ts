import { type ZodType, z } from 'zod'
import type { Api, Query } from '#lib/providers/define-api.ts'

/** All that is newer lies under it (developer.atlassian.com/cloud/confluence/rest/v2). */
export const V2 = '/wiki/api/v2'

/** Of the address of the next page only its cursor is used: it names the site, which takes no token of ours. */
export function cursorIn(next: string | null | undefined): string | undefined {
  return URL.parse(next ?? '', 'https://confluence.invalid')?.searchParams.get('cursor') ?? undefined
}

const Links = z.object({ next: z.string().nullish() }).nullish()

/** One page of a list, and the cursor of the next. */
export async function readPage<T>(
  api: Api,
  path: string,
  { item, query, cursor }: { item: ZodType<T>; query?: Query; cursor?: string | undefined },
): Promise<{ results: T[]; nextCursor?: string }> {
  const { results, _links } = await api(path, {
    schema: z.object({ results: z.array(item), _links: Links }),
    query: { limit: 50, ...query, cursor },
  })
  const nextCursor = cursorIn(_links?.next)
  return { results, ...(nextCursor ? { nextCursor } : {}) }
}
