import type { ZodType } from 'zod'
import type { Api, Ask, Query } from '#lib/providers/define-api.ts'

// What GitHub's Link header counts pages with; nothing else of a cursor is used, so it cannot lead to another address.
const counters = ['page', 'after', 'before'] as const

/** The next page as the Link header names it (docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api). */
function nextCursor(headers: Headers): string | undefined {
  const next = /<([^>]*)>\s*;[^,<]*\brel="next"/.exec(headers.get('link') ?? '')?.[1]
  if (!next || !URL.canParse(next)) return undefined
  const named = new URL(next).searchParams
  const kept = counters.flatMap((name) => {
    const value = named.get(name)
    return value ? [[name, value]] : []
  })
  return kept.length > 0 ? new URLSearchParams(kept).toString() : undefined
}

function cursorQuery(cursor: string | undefined): Query {
  const named = new URLSearchParams(cursor)
  return Object.fromEntries(counters.map((name) => [name, named.get(name) ?? undefined]))
}

export type PageAsk<T> = { schema: ZodType<T>; query?: Query; cursor?: string | undefined } & Pick<
  Ask<T>,
  'accept' | 'headers'
>

/** One page of a list, and the cursor of the next. */
export async function readPage<T>(api: Api, path: string, { cursor, query, ...ask }: PageAsk<T>) {
  const { value, headers } = await api.whole(path, {
    ...ask,
    query: { per_page: 100, ...query, ...cursorQuery(cursor) },
  })
  return { value, nextCursor: nextCursor(headers) }
}
