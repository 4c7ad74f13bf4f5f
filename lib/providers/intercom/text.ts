const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decode(entity: string, name: string): string {
  const known = entities[name.toLowerCase()]
  if (known) return known
  const [, hex, decimal] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
  const point = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : entity
}

/** Customers write these texts: of a longer one nobody reads the rest on a card, and nothing here may take long over it. */
const MOST_LETTERS = 20_000

/** What an HTML text says, a paragraph to a line. */
export const plainText = (html: string): string =>
  tidy(
    html
      .slice(0, MOST_LETTERS)
      .replace(/<(?:br|\/p|\/li|\/div|\/h\d)\b[^<>]*>/gi, '\n')
      .replace(/<[^<>]*>/g, '')
      .replace(/&(#?\w{1,8});/g, decode),
  )

/** A text without what nobody reads: empty lines, and rows of blanks. */
export const tidy = (text: string): string =>
  text
    .slice(0, MOST_LETTERS)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n')

const TITLE_LENGTH = 80

/** The first line of a text, short enough for a title. */
export function titleOf(text: string): string {
  const [line = ''] = text.split('\n', 1)
  return line.length > TITLE_LENGTH ? `${line.slice(0, TITLE_LENGTH - 1).trimEnd()}…` : line
}
