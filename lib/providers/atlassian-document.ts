import { z } from 'zod'

const Node = z.looseObject({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  attrs: z.record(z.string(), z.unknown()).optional().catch(undefined),
  content: z.array(z.unknown()).optional().catch(undefined),
})

const MAX_DEPTH = 40
/** What ends a line; everything else runs on. */
const blocks = new Set(
  'paragraph heading listItem blockquote codeBlock rule tableRow taskItem decisionItem panel mediaSingle'.split(' '),
)

/** What a node without text of its own says: a mention, an emoji, a date, a card's address. */
function wordOf(type: string, attrs: Readonly<Record<string, unknown>>): string {
  const said = (name: string): string => (typeof attrs[name] === 'string' ? attrs[name] : '')
  if (type === 'hardBreak') return '\n'
  if (type === 'mention' || type === 'status') return said('text')
  if (type === 'emoji') return said('text') || said('shortName')
  if (type === 'inlineCard') return said('url')
  const at = type === 'date' ? new Date(Number(attrs.timestamp)) : null
  return at && !Number.isNaN(at.getTime()) ? at.toISOString().slice(0, 10) : ''
}

function read(value: unknown, depth: number): string {
  const node = Node.safeParse(value).data
  if (!node || depth > MAX_DEPTH) return ''
  const { type, text = '', attrs = {}, content = [] } = node
  const inside = text + wordOf(type, attrs) + content.map((child) => read(child, depth + 1)).join('')
  return blocks.has(type) ? `${inside}\n` : inside
}

/**
 * The words of a document in Atlassian's format, a paragraph to a line; older answers have a text in its place
 * (developer.atlassian.com/cloud/jira/platform/apis/document/structure).
 */
export function plainText(document: unknown): string {
  const text = typeof document === 'string' ? document : read(document, 0)
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
