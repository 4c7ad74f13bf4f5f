import { z } from 'zod'
import type { Api } from '#lib/providers/define-api.ts'
import { listOf, RichText } from './shapes.ts'

const MAX_LINES = 3
const MAX_LENGTH = 400
/** Pictures and dividers say nothing, so more is asked for than is shown. */
const BLOCKS = 20

/** A block keeps what it says under the name of its type (developers.notion.com/reference/block). */
const Block = z.looseObject({ type: z.string() })
const Said = z.object({ rich_text: RichText })

function wordsOf(block: z.infer<typeof Block>): string {
  return Said.safeParse(block[block.type]).data?.rich_text.trim() ?? ''
}

/** How a page begins: the first lines of it that say something. */
export async function excerptOf(api: Api, page: string): Promise<string> {
  const { results } = await api(`/blocks/${page}/children`, { schema: listOf(Block), query: { page_size: BLOCKS } })
  return results.map(wordsOf).filter(Boolean).slice(0, MAX_LINES).join('\n').slice(0, MAX_LENGTH)
}
