import type { ZodType } from 'zod'
import type { Api, Ask, Query } from '#lib/providers/define-api.ts'

/** The next page's cursor. Both links are always there; `results` says whether one leads to anything (docs.sentry.io/api/pagination). */
export function nextCursor(headers: Headers): string | undefined {
  const links = (headers.get('link') ?? '').split(/,\s*(?=<)/)
  const next = links.find((link) => /\brel="next"/.test(link) && /\bresults="true"/.test(link))
  return /\bcursor="([^"]+)"/.exec(next ?? '')?.[1]
}

type PageAsk<T> = { schema: ZodType<T>; query?: Query; cursor?: string | undefined } & Pick<Ask<T>, 'accept'>

/** One page of a list, and the cursor of the next. */
export async function readPage<T>(api: Api, path: string, { cursor, query, ...ask }: PageAsk<T>) {
  const { value, headers } = await api.whole(path, { ...ask, query: { ...query, cursor } })
  return { value, nextCursor: nextCursor(headers) }
}
