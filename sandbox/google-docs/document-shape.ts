import type { Tab } from './state.ts'
import { cellsOf } from './text.ts'

/** Where the next character stands: the Docs API counts UTF-16 units from the start of a tab. */
type Cursor = { at: number }
type Part = Record<string, unknown>

const HEADINGS = ['NORMAL_TEXT', 'HEADING_1', 'HEADING_2', 'HEADING_3']
const BULLETS = 'kix.sandboxbullets'
const NUMBERS = 'kix.sandboxnumbers'
const STYLE = {
  background: { color: {} },
  pageSize: { height: { magnitude: 792, unit: 'PT' }, width: { magnitude: 612, unit: 'PT' } },
}
const NAMED_STYLES = {
  styles: HEADINGS.map((namedStyleType) => ({ namedStyleType, textStyle: {}, paragraphStyle: {} })),
}

/** What stands in a tab: its text as the Docs API writes it (developers.google.com/workspace/docs/api/concepts/structure). */
export function contentOf({ lines }: Tab): Part {
  const cursor: Cursor = { at: 1 }
  const sectionStyle = { columnSeparatorStyle: 'NONE', contentDirection: 'LEFT_TO_RIGHT', sectionType: 'CONTINUOUS' }
  const content: Part[] = [{ endIndex: 1, sectionBreak: { sectionStyle } }]
  for (let line = 0; line < lines.length; line += 1) {
    const rows = rowsAt(lines, line)
    if (rows.length === 0) content.push(paragraph(cursor, lines[line] ?? ''))
    else {
      content.push(table(cursor, rows))
      line += rows.length - 1
    }
  }
  // A document ends with a paragraph, which may be empty.
  if (lines.length === 0 || lines.at(-1)?.startsWith('|')) content.push(paragraph(cursor, ''))
  return {
    body: { content },
    documentStyle: STYLE,
    namedStyles: NAMED_STYLES,
    ...(lines.some((line) => /^(- |\d+\. )/.test(line)) && { lists: { [BULLETS]: list('●'), [NUMBERS]: list('%0.') } }),
  }
}

const list = (glyph: string): Part => ({
  listProperties: {
    nestingLevels: [{ bulletAlignment: 'START', glyphFormat: glyph, indentStart: { magnitude: 36, unit: 'PT' } }],
  },
})

function rowsAt(lines: readonly string[], start: number): string[] {
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'))
  return lines.slice(start, end < 0 ? lines.length : end)
}

function paragraph(cursor: Cursor, line: string): Part {
  const [, marks = ''] = /^(#{1,3}) /.exec(line) ?? []
  const [bullet] = /^(- |\d+\. )/.exec(line) ?? []
  const startIndex = cursor.at
  const elements = runs(cursor, `${line.replace(/^(#{1,3} |- |\d+\. )/, '')}\n`)
  return {
    startIndex,
    endIndex: cursor.at,
    paragraph: {
      elements,
      paragraphStyle: { namedStyleType: HEADINGS[marks.length], direction: 'LEFT_TO_RIGHT' },
      ...(bullet !== undefined && { bullet: { listId: bullet === '- ' ? BULLETS : NUMBERS, textStyle: {} } }),
    },
  }
}

/** A line as pieces of one style each. */
function runs(cursor: Cursor, text: string): Part[] {
  const pieces = text.split(/(\*\*.+?\*\*|\[[^\]]+\]\([^)]+\))/).filter((piece) => piece !== '')
  return pieces.map((piece) => {
    const [, bold] = /^\*\*(.+)\*\*$/.exec(piece) ?? []
    const [, label, url] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece) ?? []
    const content = bold ?? label ?? piece
    const startIndex = cursor.at
    cursor.at += content.length
    const textStyle = { ...(bold !== undefined && { bold: true }), ...(url !== undefined && { link: { url } }) }
    return { startIndex, endIndex: cursor.at, textRun: { content, textStyle } }
  })
}

// A table, a row and a cell each take one place of their own.
function table(cursor: Cursor, lines: readonly string[]): Part {
  const rows = lines.map(cellsOf)
  const startIndex = cursor.at
  cursor.at += 1
  const tableRows = rows.map((cells) => {
    const rowStart = cursor.at
    cursor.at += 1
    const tableCells = cells.map((cell) => {
      const cellStart = cursor.at
      cursor.at += 1
      const content = [paragraph(cursor, cell)]
      return { startIndex: cellStart, endIndex: cursor.at, content, tableCellStyle: { rowSpan: 1, columnSpan: 1 } }
    })
    return { startIndex: rowStart, endIndex: cursor.at, tableCells, tableRowStyle: {} }
  })
  cursor.at += 1
  const columns = Math.max(...rows.map((cells) => cells.length))
  return {
    startIndex,
    endIndex: cursor.at,
    table: { rows: rows.length, columns, tableRows, tableStyle: { tableColumnProperties: [] } },
  }
}

/** The tabs of a document, those below others in `childTabs`. */
export function tabShapes(tabs: readonly Tab[], title: string): Part[] {
  let number = -1
  const shapes = (list: readonly Tab[], nestingLevel: number, parentTabId: string | null): Part[] =>
    list.map((tab, index) => {
      number += 1
      const tabId = number === 0 ? 't.0' : `t.sandbox${String(number).padStart(5, '0')}`
      const below = shapes(tab.tabs, nestingLevel + 1, tabId)
      const tabProperties = {
        tabId,
        title: tab.title || title,
        index,
        ...(parentTabId !== null && { parentTabId, nestingLevel }),
      }
      return { tabProperties, documentTab: contentOf(tab), ...(below.length > 0 && { childTabs: below }) }
    })
  return shapes(tabs, 0, null)
}
