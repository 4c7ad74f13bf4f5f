import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const top = path.resolve(import.meta.dirname, '../..')
const files = globSync('{app,components}/**/*.tsx', { cwd: top })
const palette =
  'slate|gray|zinc|neutral|stone|red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose|black|white'
const rules = {
  'a raw palette class': new RegExp(`-(?:${palette})(?:-\\d+)?(?:/\\d+)?(?=["'\`\\s])`),
  'a colour written out': /\[(?:#[0-9a-f]{3,8}|(?:rgb|hsl|oklch|oklab|lab)a?\()/i,
  'a colour in an attribute': /(?:fill|stroke|color)="#/i,
  // The policy refuses style attributes in what the server writes.
  'a style attribute': /\sstyle=\{/,
  // Right-to-left scripts turn the page around.
  'a left or right that does not turn':
    /["'`\s:](?:-?(?:[mp][lr]|left|right)-[\w.[]|(?:text-(?:left|right)|(?:border|rounded)-[lr])(?=[-"'`\s]))/,
}

test('there are components to read', () => {
  expect(files.length).toBeGreaterThan(30)
})

test.each(Object.entries(rules))('no component holds %s', (_, rule) => {
  const offenders = files.flatMap((file) => {
    const text = readFileSync(path.join(top, file), 'utf8')
    const classes = [...text.matchAll(/(["'`])[^"'`\n]*\1|\sstyle=\{|(?:fill|stroke|color)="[^"]*"/g)].map(
      ([all]) => all,
    )
    return classes.filter((part) => rule.test(part)).map((part) => `${file}: ${part}`)
  })
  expect(offenders).toEqual([])
})
