const PLAIN = { bold: false, italic: false, strikethrough: false, underline: false, code: false, color: 'default' }
const MARKS = /\*\*([^*]+)\*\*|`([^`]+)`|(?<!\w)_([^_]+)_(?!\w)|\[([^\]]+)\]\(([^)]+)\)/g

/** Rich text as Notion answers it, of text with `**bold**`, `` `code` ``, `_italic_` and `[links](https://...)`. */
export function richText(source: string) {
  const parts = []
  let from = 0
  for (const match of source.matchAll(MARKS)) {
    if (match.index > from) parts.push(part(source.slice(from, match.index)))
    const [, bold, code, italic, link, href = null] = match
    const text = bold ?? code ?? italic ?? link ?? ''
    const marks = { bold: bold !== undefined, code: code !== undefined, italic: italic !== undefined }
    parts.push(part(text, marks, href))
    from = match.index + match[0].length
  }
  if (from < source.length) parts.push(part(source.slice(from)))
  return parts
}

const part = (content: string, marks: Partial<typeof PLAIN> = {}, href: string | null = null) => ({
  type: 'text',
  text: { content, link: href === null ? null : { url: href } },
  annotations: { ...PLAIN, ...marks },
  plain_text: content,
  href,
})

/** Rich text without marks, as titles are. */
export const plainText = (content: string) => (content === '' ? [] : [part(content)])
