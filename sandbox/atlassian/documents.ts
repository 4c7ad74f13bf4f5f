/** A node of the Atlassian Document Format (developer.atlassian.com/cloud/jira/platform/apis/document/structure). */
export type Node = {
  type: string
  text?: string
  content?: Node[]
  marks?: { type: string; attrs?: Record<string, string> }[]
  attrs?: Record<string, unknown>
}

/** Plain text as a document: blank lines part paragraphs, `## ` begins a heading, lines with a dash are a list, backticks are code. */
export function documentOf(text: string): { type: 'doc'; version: 1; content: Node[] } | null {
  if (text === '') return null
  return { type: 'doc', version: 1, content: text.split('\n\n').map(blockOf) }
}

function blockOf(text: string): Node {
  const lines = text.split('\n')
  if (text.startsWith('## ')) return { type: 'heading', attrs: { level: 2 }, content: lineOf(text.slice(3), 0) }
  if (!lines.every((line) => line.startsWith('- '))) return paragraph(text)
  const content = lines.map((line): Node => ({ type: 'listItem', content: [paragraph(line.slice(2))] }))
  return { type: 'bulletList', content }
}

const paragraph = (text: string): Node => ({ type: 'paragraph', content: text.split('\n').flatMap(lineOf) })

function lineOf(line: string, index: number): Node[] {
  const parts = line.split(/(`[^`]+`|https?:\/\/\S+)/).filter(Boolean)
  const inline = parts.map((part): Node => {
    if (part.startsWith('`')) return { type: 'text', text: part.slice(1, -1), marks: [{ type: 'code' }] }
    if (/^https?:/.test(part)) return { type: 'text', text: part, marks: [{ type: 'link', attrs: { href: part } }] }
    return { type: 'text', text: part }
  })
  return index === 0 ? inline : [{ type: 'hardBreak' }, ...inline]
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
const TAGS: Readonly<Record<string, string>> = { paragraph: 'p', heading: 'h2', bulletList: 'ul', listItem: 'li' }

/** A document as the markup that Confluence stores and shows. */
export function markupOf({ type, text = '', content = [], marks = [] }: Node): string {
  if (type === 'hardBreak') return '<br />'
  if (type === 'text') {
    const [mark] = marks
    if (mark?.type === 'code') return `<code>${safe(text)}</code>`
    return mark?.type === 'link' ? `<a href="${safe(mark.attrs?.href ?? '')}">${safe(text)}</a>` : safe(text)
  }
  const inner = content.map(markupOf).join('')
  const tag = TAGS[type]
  return tag === undefined ? inner : `<${tag}>${inner}</${tag}>`
}
