import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { countPlaywright } from '../../scripts/lib/test-report.ts'

const specOf = (title: string, status: string) => ({ title, tests: [{ status }] })

test('a browser test that passed only at its second try is named, and counted neither as passed nor as failed', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'))
  const file = path.join(folder, 'playwright.json')
  const specs = [
    specOf('a card opens', 'expected'),
    specOf('a card closes', 'unexpected'),
    specOf('a card moves', 'flaky'),
    specOf('a card turns', 'skipped'),
  ]
  fs.writeFileSync(file, JSON.stringify({ suites: [{ title: 'cards', specs }], errors: [] }))
  expect(countPlaywright(file)).toEqual({
    passed: 1,
    failed: 1,
    skipped: ['cards > a card turns'],
    flaky: ['cards > a card moves'],
  })
  fs.rmSync(folder, { recursive: true })
})
