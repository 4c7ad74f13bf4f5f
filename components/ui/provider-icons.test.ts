import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../public/providers')
const icons = globSync('*.svg', { cwd: folder }).sort()

test('all thirteen marks are there', () => {
  expect(icons.map((file) => path.basename(file, '.svg'))).toEqual([
    'bitbucket',
    'confluence',
    'github',
    'google-docs',
    'intercom',
    'jira',
    'logrocket',
    'notion',
    'openrouter',
    'sentry',
    'slack',
    'terraform',
    'zoom',
  ])
})

test.each(icons)('%s can be drawn by reference, in the colour of its surroundings', (file) => {
  const svg = readFileSync(path.join(folder, file), 'utf8')
  expect(svg).toContain('viewBox="0 0 24 24"')
  expect(svg).toMatch(/ id="icon"[^>]* fill="currentColor"/)
  expect(svg).not.toMatch(/<script|style=|href=/)
})
