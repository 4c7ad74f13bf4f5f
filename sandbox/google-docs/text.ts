import type { Tab } from './state.ts'

/** Every tab of a document, each before those below it. */
const allTabs = (tabs: readonly Tab[]): Tab[] => tabs.flatMap((tab) => [tab, ...allTabs(tab.tabs)])

const withoutMarks = (line: string): string =>
  line.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')

const plainLine = (line: string): string => {
  if (line.startsWith('|')) return withoutMarks(cellsOf(line).join('\t'))
  return withoutMarks(line.replace(/^#{1,3} /, '').replace(/^- /, '* '))
}

/** The cells of a line that is a row of a table. */
export const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())

/** The text of a document as it is exported: the tabs one after another, with their titles where there are several. */
export function plainText(tabs: readonly Tab[]): string {
  const all = allTabs(tabs)
  return all.flatMap(({ title, lines }) => [...(all.length > 1 ? [title, ''] : []), ...lines.map(plainLine)]).join('\n')
}

/** The same as Markdown. */
export function markdown(tabs: readonly Tab[]): string {
  const all = allTabs(tabs)
  return all.flatMap(({ title, lines }) => [...(all.length > 1 ? [`# ${title}`, ''] : []), ...lines]).join('\n')
}
