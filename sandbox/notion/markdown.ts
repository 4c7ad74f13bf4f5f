import type { Block } from './state.ts'

const MARKS: Readonly<Record<string, string>> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  quote: '> ',
}

/** A page's content as Notion's flavour of Markdown: what has no mark there is a tag. Children are a tab further in. */
export function markdownOf(blocks: readonly Block[], depth = 0): string {
  const lines = blocks.flatMap((block) => [
    ...lineOf(block)
      .split('\n')
      .map((line) => '\t'.repeat(depth) + line),
    ...(block.children.length > 0 && block.type !== 'table' ? [markdownOf(block.children, depth + 1)] : []),
  ])
  return lines.join('\n')
}

function lineOf(block: Block): string {
  const { type, text, more } = block
  switch (type) {
    case 'divider':
      return '---'
    case 'bookmark':
      return `<${String(more.url)}>`
    case 'code':
      return `\`\`\`${String(more.language)}\n${text}\n\`\`\``
    case 'to_do':
      return `- [${more.checked === true ? 'x' : ' '}] ${text}`
    case 'callout':
      return `<callout icon="💡">${text}</callout>`
    case 'toggle':
      return `<details><summary>${text}</summary></details>`
    case 'meeting_notes':
      return `<meeting-notes>${text}</meeting-notes>`
    case 'table':
      return tableOf(block)
    default:
      return `${MARKS[type] ?? ''}${text}`
  }
}

function tableOf({ children, more }: Block): string {
  const rows = children.map((row) => `| ${Array.isArray(row.more.cells) ? row.more.cells.join(' | ') : ''} |`)
  const rule = `|${' --- |'.repeat(Number(more.width))}`
  return [rows[0] ?? '', rule, ...rows.slice(1)].join('\n')
}
