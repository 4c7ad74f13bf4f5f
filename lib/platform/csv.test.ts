import { expect, test } from 'vitest'
import { csvRow } from './csv.ts'

test('a cell with a comma, a quote or a line break is quoted, and an empty one stays empty (RFC 4180)', () => {
  expect(csvRow(['a', 'b,c', 'say "so"', 'two\r\nlines', null, undefined, 7])).toBe(
    'a,"b,c","say ""so""","two\r\nlines",,,7\r\n',
  )
})

test('T-AUD-3: what a spreadsheet would take for a formula is text, also inside quotes', () => {
  for (const first of ['=', '+', '-', '@', '\t', '\r'])
    expect(csvRow([`${first}SUM(1)`]).replaceAll('"', '')).toBe(`'${first}SUM(1)\r\n`)
  expect(csvRow(['a=b'])).toBe('a=b\r\n')
})
