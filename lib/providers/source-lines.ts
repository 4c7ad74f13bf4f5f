const MAX_LINES = 12
const MAX_LINE_LENGTH = 400

/** What a card shows of a file. `omitted` says why there are no lines. */
export type Preview = { firstLine: number; lines: string[]; omitted?: 'binary' | 'too_large' | 'symlink' | 'submodule' }

/** At most twelve lines of a text: those asked for, else from the first on; 0 for none. */
export function preview(text: string, from: number, to: number): Preview {
  const firstLine = from || 1
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const last = Math.min(to || Number.MAX_SAFE_INTEGER, firstLine - 1 + MAX_LINES)
  return { firstLine, lines: lines.slice(firstLine - 1, last).map((line) => line.slice(0, MAX_LINE_LENGTH)) }
}

/** No lines, and why. */
export const noLines = (from: number, omitted: NonNullable<Preview['omitted']>): Preview => ({
  firstLine: from || 1,
  lines: [],
  omitted,
})
