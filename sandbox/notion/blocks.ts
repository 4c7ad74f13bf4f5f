import type { Call } from '#sandbox/http.ts'
import { type Context, notFound, pathId, readable, readablePage, requireCapability } from './access.ts'
import { markdownOf } from './markdown.ts'
import { listOf, queryPage } from './paging.ts'
import { plainText, richText } from './rich-text.ts'
import { authorsShape, linkTo, parentShape, timesShape, trashShape } from './shapes.ts'
import type { Block, Database, Page } from './state.ts'
import { childrenOf } from './tree.ts'

type Below = Page | Database
/** A block of a page's content; `above` is the block it is in. */
type Found = { page: Page; block: Block; above: Block | null }

/** GET /blocks/{id}/children: one level, of a page or of a block. */
export function listChildren(call: Call, { block: text = '' }: Record<string, string>, context: Context): object {
  requireCapability(context, ({ content }) => content)
  const id = pathId('block_id', text)
  const { page, block } = located(context, id)
  const written = (block?.children ?? page?.blocks ?? []).map((one) => ({ id: one.id, block: one, thing: null }))
  const below = block ? [] : childrenOf(context.state, id).filter(isBelow)
  const all = [...written, ...below.map((thing) => ({ id: thing.id, block: null, thing }))]
  return listOf(all, queryPage(call), {
    kind: 'block',
    name: `children ${id}`,
    shape: (one) =>
      one.block && page
        ? blockShape(context, { page, block: one.block, above: block })
        : belowShape(context, one.thing),
  })
}

/** GET /blocks/{id}; a page is a block too. */
export function showBlock(_call: Call, { block: text = '' }: Record<string, string>, context: Context): object {
  requireCapability(context, ({ content }) => content)
  const found = located(context, pathId('block_id', text))
  return found.block && found.page
    ? blockShape(context, { page: found.page, block: found.block, above: found.above })
    : belowShape(context, found.thing)
}

/** GET /pages/{id}/markdown */
export function showMarkdown(_call: Call, { page: text = '' }: Record<string, string>, context: Context): object {
  const page = readablePage(context, text)
  const below = childrenOf(context.state, page.id).filter(isBelow)
  const links = below.map((thing) => {
    const name = thing.object === 'page' ? 'page' : 'database'
    return `<${name} url="${linkTo(context.state, thing)}">${thing.title}</${name}>`
  })
  return {
    object: 'page_markdown',
    id: page.id,
    markdown: [markdownOf(page.blocks), ...links].filter(Boolean).join('\n'),
    truncated: false,
    unknown_block_ids: [],
  }
}

const isBelow = (thing: { object: string; isTrashed: boolean }): thing is Below =>
  thing.object !== 'data_source' && !thing.isTrashed

type Located = { thing: Below | null; page: Page | null; block: Block | null; above: Block | null }

function located(context: Context, id: string): Located {
  const thing = readable(context, id)
  if (thing && thing.object !== 'data_source')
    return { thing, page: thing.object === 'page' ? thing : null, block: null, above: null }
  for (const page of context.state.things.values()) {
    const found = page.object === 'page' ? within(page, page.blocks, null, id) : null
    if (found && readable(context, found.page.id)) return { thing: null, ...found }
  }
  throw notFound(context.state, 'block', id)
}

function within(page: Page, blocks: readonly Block[], above: Block | null, id: string): Found | null {
  for (const block of blocks) {
    const found = block.id === id ? { page, block, above } : within(page, block.children, block, id)
    if (found) return found
  }
  return null
}

function blockShape({ version }: Context, { page, block, above }: Found): object {
  // Called transcription before 2026-03-11.
  const type = block.type === 'meeting_notes' && version.saysArchived ? 'transcription' : block.type
  return {
    object: 'block',
    id: block.id,
    parent: above ? { type: 'block_id', block_id: above.id } : { type: 'page_id', page_id: page.id },
    ...timesShape(page),
    ...authorsShape(page),
    has_children: block.children.length > 0,
    ...trashShape(page, version),
    type,
    [type]: contentOf(block),
  }
}

function contentOf({ type, text, more }: Block): object {
  const rich_text = richText(text)
  switch (type) {
    case 'divider':
      return {}
    case 'bookmark':
      return { caption: [], url: more.url }
    case 'table':
      return { table_width: more.width, has_column_header: true, has_row_header: false }
    case 'table_row':
      return { cells: Array.isArray(more.cells) ? more.cells.map((cell) => richText(String(cell))) : [] }
    case 'code':
      return { caption: [], rich_text: plainText(text), language: more.language }
    case 'callout':
      return { rich_text, icon: { type: 'emoji', emoji: '💡' }, color: 'gray_background' }
    case 'to_do':
      return { rich_text, checked: more.checked, color: 'default' }
    case 'meeting_notes':
      return { title: plainText(text), status: 'notes_ready' }
    case 'heading_1':
    case 'heading_2':
    case 'heading_3':
      return { rich_text, is_toggleable: false, color: 'default' }
    default:
      return { rich_text, color: 'default' }
  }
}

/** A page or a database as the block that it is in its parent. */
function belowShape({ state, version }: Context, thing: Below | null): object {
  if (!thing) throw new Error('a block is of a page, or a page itself')
  const type = thing.object === 'page' ? 'child_page' : 'child_database'
  return {
    object: 'block',
    id: thing.id,
    parent: parentShape(state, thing, version),
    ...timesShape(thing),
    ...authorsShape(thing),
    has_children: thing.object === 'page' && (thing.blocks.length > 0 || childrenOf(state, thing.id).length > 0),
    ...trashShape(thing, version),
    type,
    [type]: { title: thing.title },
  }
}
