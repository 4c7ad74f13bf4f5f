import { type ZodType, z } from 'zod'
import type { Api, Ask, Query } from '#lib/providers/define-api.ts'

// What a question says itself; whatever else `next` has in it leads to the next page.
const asked = new Set('fields format max_depth pagelen q role search_query sort state'.split(' '))

const steps = (query: string | undefined): [string, string][] =>
  [...new URLSearchParams(query)].filter(([name]) => !asked.has(name))

/**
 * The next page. `next` is a whole address whose parameters mean nothing to others (developer.atlassian.com/cloud/bitbucket/rest/intro,
 * Pagination); only they are kept, so that it cannot lead to another place.
 */
function nextCursor(next: string | null | undefined): string | undefined {
  const kept = steps(URL.parse(next ?? '')?.search)
  return kept.length > 0 ? new URLSearchParams(kept).toString() : undefined
}

export type PageAsk<T> = { item: ZodType<T>; query?: Query; cursor?: string | undefined } & Pick<Ask<T>, 'accept'>

const Page = <T>(item: ZodType<T>) =>
  z.object({ values: z.array(item), next: z.string().nullish(), size: z.number().int().nullish() })

// What they say of a query that they cannot read.
const Refused = z
  .object({ error: z.object({ message: z.string() }) })
  .transform(({ error }) => ({ values: [], next: null, size: null, message: error.message }))

/** One page of a list, and the cursor of the next. `size` is not always told. */
export async function readPage<T>(api: Api, path: string, { item, query, cursor, accept }: PageAsk<T>) {
  const { next, values, size, ...more } = await api(path, {
    schema: z.union([Page(item), Refused]),
    query: { pagelen: 100, ...Object.fromEntries(steps(cursor)), ...query },
    ...(accept ? { accept } : {}),
  })
  const nextPage = nextCursor(next)
  return { values, size: size ?? null, ...(nextPage ? { nextCursor: nextPage } : {}), ...more }
}
