import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const SOURCES = '{app,bench,components,lib,sandbox,scripts,tests,worker}'
const files = (pattern: string) => fs.globSync(pattern).map((file) => file.split(path.sep).join('/'))

/** Folders of lib/ that are not rooms of the product. */
const FOUNDATIONS = ['http', 'oauth', 'platform', 'providers']

test('every test file is run by a project of Vitest or by Playwright', () => {
  const listed = execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'list', '--filesOnly', '--json'], {
    encoding: 'utf8',
  })
  const run: { file: string }[] = JSON.parse(listed)
  const byVitest = run.map(({ file }) => path.relative('.', file).split(path.sep).join('/'))
  const all = files(`${SOURCES}/**/*.{test,spec}.*`)
  expect(all.length).toBeGreaterThan(5)
  const browserTests = fs.readFileSync('playwright.config.ts', 'utf8') // its own pattern takes *.test.* and *.spec.*
  expect(browserTests).toContain("testDir: 'tests/e2e'")
  expect(browserTests).not.toContain('testMatch')
  expect(all.filter((file) => !byVitest.includes(file) && !file.startsWith('tests/e2e/'))).toEqual([])
})

test('a file is named for what it does, in kebab case', () => {
  const sources = files(`${SOURCES}/**/*.{ts,tsx,mjs}`)
  expect(sources.length).toBeGreaterThan(100)
  const homeless = /\/(index|utils?|helpers?|types|constants|common|misc|manager)\.(ts|tsx|mjs)$/
  expect(sources.filter((file) => homeless.test(file))).toEqual([])
  const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.spec|\.config)?\.(ts|tsx|mjs)$/
  expect(sources.filter((file) => !kebab.test(path.basename(file)))).toEqual([])
})

test('a room holds plain files only: no folders, nothing that draws', () => {
  const rooms = fs.readdirSync('lib').filter((name) => !FOUNDATIONS.includes(name))
  const entries = rooms.flatMap((room) =>
    fs.readdirSync(path.join('lib', room), { withFileTypes: true }).map((entry) => ({ room, entry })),
  )
  const strangers = entries.filter(({ entry }) => entry.isDirectory() || !entry.name.endsWith('.ts'))
  expect(strangers.map(({ room, entry }) => `lib/${room}/${entry.name}`)).toEqual([])
})

test('the lock names no registry, so that it installs from any', () => {
  const lock = fs.readFileSync('package-lock.json', 'utf8')
  expect(lock.match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([])
})

test('the lock holds the packages of every platform, so that it installs on any', () => {
  const { packages }: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
    fs.readFileSync('package-lock.json', 'utf8'),
  )
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  const held = new Set(
    Object.keys(packages).map((at) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  )
  expect(wanted.filter((name) => !held.has(name))).toEqual([])
})
