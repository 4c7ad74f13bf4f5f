import type { Block } from './state.ts'

const KINDS: readonly [RegExp, string][] = [
  [/^### /, 'heading_3'],
  [/^## /, 'heading_2'],
  [/^# /, 'heading_1'],
  [/^- \[[ x]\] /, 'to_do'],
  [/^- /, 'bulleted_list_item'],
  [/^\d+\. /, 'numbered_list_item'],
  [/^> /, 'quote'],
  [/^! /, 'callout'],
  [/^\+ /, 'toggle'],
  [/^~ /, 'meeting_notes'],
]

/**
 * Reads a page's content: Markdown with `! ` for a callout, `+ ` for a toggle and `~ ` for meeting notes. Two spaces
 * more make a block the child of the one above. `newId` gives each block its id.
 */
export function parseBlocks(source: string, newId: () => string): Block[] {
  const lines = source.split('\n')
  const top: Block[] = []
  const open: { indent: number; block: Block }[] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line.trim() === '') continue
    const indent = line.length - line.trimStart().length
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop()
    const siblings = open.at(-1)?.block.children ?? top
    const { block, used } = readBlock(lines.slice(index), newId)
    siblings.push(block)
    open.push({ indent, block })
    index += used - 1
  }
  return top
}

function readBlock(lines: readonly string[], newId: () => string): { block: Block; used: number } {
  const line = (lines[0] ?? '').trim()
  if (line.startsWith('```')) return readCode(lines, newId)
  if (line.startsWith('|')) return readTable(lines, newId)
  if (line === '---') return { block: { id: newId(), type: 'divider', text: '', more: {}, children: [] }, used: 1 }
  const [, bookmark] = /^<(https?:\/\/\S+)>$/.exec(line) ?? []
  if (bookmark !== undefined)
    return { block: { id: newId(), type: 'bookmark', text: '', more: { url: bookmark }, children: [] }, used: 1 }
  const [marker, type] = KINDS.find(([pattern]) => pattern.test(line)) ?? [/^/, 'paragraph']
  const more = type === 'to_do' ? { checked: line.startsWith('- [x]') } : {}
  return { block: { id: newId(), type, text: line.replace(marker, ''), more, children: [] }, used: 1 }
}

function readCode(lines: readonly string[], newId: () => string): { block: Block; used: number } {
  const [first = ''] = lines
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '```')
  const indent = first.length - first.trimStart().length
  const text = lines.slice(1, end).map((line) => line.slice(indent))
  const more = { language: first.trim().slice(3) || 'plain text' }
  return { block: { id: newId(), type: 'code', text: text.join('\n'), more, children: [] }, used: end + 1 }
}

// A table's rows are its children; the first is its header.
function readTable(lines: readonly string[], newId: () => string): { block: Block; used: number } {
  const end = lines.findIndex((line) => !line.trim().startsWith('|'))
  const taken = lines.slice(0, end < 0 ? lines.length : end)
  const rows = taken.map((line) =>
    line
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
  const id = newId()
  const children = rows.map((cells) => ({ id: newId(), type: 'table_row', text: '', more: { cells }, children: [] }))
  return { block: { id, type: 'table', text: '', more: { width: rows[0]?.length ?? 0 }, children }, used: taken.length }
}
