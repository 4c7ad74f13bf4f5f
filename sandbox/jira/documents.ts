/** A node of the Atlassian Document Format (developer.atlassian.com/cloud/jira/platform/apis/document/structure). */
type Node = {
  type: string
  text?: string
  content?: Node[]
  marks?: { type: string; attrs?: Record<string, string> }[]
  attrs?: Record<string, unknown>
}

/** Plain text as a document: blank lines part paragraphs, lines that begin with a dash are a list, backticks are code. */
export function documentOf(text: string): { type: 'doc'; version: 1; content: Node[] } | null {
  if (text === '') return null
  return { type: 'doc', version: 1, content: text.split('\n\n').map(blockOf) }
}

function blockOf(text: string): Node {
  const lines = text.split('\n')
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
