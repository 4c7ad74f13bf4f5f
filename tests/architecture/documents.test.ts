import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const documents = ['README.md', 'CHANGELOG.md', 'sandbox/README.md', ...fs.globSync('docs/**/*.md')].map((file) => ({
  file,
  text: fs.readFileSync(file, 'utf8'),
}))
const found = (pattern: RegExp) =>
  documents.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, what = '']) => ({ file, what })))

test('every link in the documents leads to a file that is there', () => {
  const links = found(/\]\((?!https?:)([^)#]+)[^)]*\)/g)
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ file, what }) => !fs.existsSync(path.join(path.dirname(file), what)))).toEqual([])
})

test('every file and folder that the documents name is there', () => {
  const named = found(/`((?:app|bench|components|docs|lib|prisma|public|sandbox|scripts|tests|worker)\/[\w./*[\]-]*)`/g)
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(({ what }) => !fs.existsSync(what) && fs.globSync(what).length === 0)).toEqual([])
})

test('every npm script that the documents name is in package.json', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(fs.readFileSync('package.json', 'utf8'))
  const named = found(/npm run ([a-z:-]+)/g)
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ what }) => !(what in scripts))).toEqual([])
})

test('every decision says its context, what was decided, what follows and how it is confirmed, and is in the list', () => {
  const records = documents.filter(({ file }) => /\d{4}-/.test(file))
  const list = fs.readFileSync('docs/decisions/README.md', 'utf8')
  expect(records.length).toBeGreaterThan(10)
  for (const { file, text } of records) {
    const parts = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
    expect({ file, parts }).toEqual({ file, parts: ['Context', 'Decision', 'Consequences', 'Confirmation'] })
    expect(list).toContain(`(${path.basename(file)})`)
  }
})
