// What a measurement says: a row for each number, what it must reach, and whether it did.
import fs from 'node:fs'
import os from 'node:os'

/** One number and what it must reach. `isReached` is null where nothing is asked, or nothing could be measured. */
export type Row = { what: string; measured: string; mustReach: string; isReached: boolean | null; numbers: object }

const FILE = 'bench/last.json'

/** Rounds to three digits that count. */
export const digits = (value: number): string => String(Number(value.toPrecision(3)))

/** A row for a number with a greatest value that it may have. */
export function atMost(what: string, value: number, most: number, unit = '', numbers: object = {}): Row {
  return { what, measured: digits(value) + unit, mustReach: `<= ${most}${unit}`, isReached: value <= most, numbers }
}

/** A row for a number with a least value that it must have. */
export function atLeast(what: string, value: number, least: number, unit = '', numbers: object = {}): Row {
  return { what, measured: digits(value) + unit, mustReach: `>= ${least}${unit}`, isReached: value >= least, numbers }
}

/** A row that only tells. */
export function told(what: string, measured: string, numbers: object = {}): Row {
  return { what, measured, mustReach: '', isReached: null, numbers }
}

/** Prints the rows as a table. */
export function printTable(rows: readonly Row[]): void {
  const verdict = ({ isReached }: Row) => (isReached === null ? '' : isReached ? 'reached' : 'MISSED')
  const lines = [
    ['what', 'measured', 'must reach', ''],
    ...rows.map((row) => [row.what, row.measured, row.mustReach, verdict(row)]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)))
  for (const line of lines)
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
}

/** Keeps the last run beside the code, for the one who wants the medians behind the ratios. Not committed. */
export function keep(rows: readonly Row[], seconds: number): void {
  const machine = {
    cpus: os.cpus().length,
    model: os.cpus()[0]?.model,
    platform: `${process.platform}-${process.arch}`,
  }
  const all = { at: new Date().toISOString(), seconds, node: process.version, machine, rows }
  fs.writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`)
}
