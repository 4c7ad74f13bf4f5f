// What Vitest and Playwright wrote, in one kind of numbers.
import fs from 'node:fs'

/** How many tests passed and failed, and the names of those that did not run or passed only at their second try. */
export type Count = { passed: number; failed: number; skipped: string[]; flaky: string[] }

type VitestReport = {
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string }[]
  }[]
}

type PlaywrightSuite = {
  title: string
  suites?: PlaywrightSuite[]
  specs: { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]
}

/** Counts a Vitest JSON report; a file that failed before its first test is one failure. */
export function countVitest(file: string): Count {
  const { testResults }: VitestReport = JSON.parse(fs.readFileSync(file, 'utf8'))
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const isFailed = ({ status }: { status: string }) => status === 'failed'
  const broken = testResults.filter((result) => isFailed(result) && !result.assertionResults.some(isFailed))
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(isFailed).length + broken.length,
    skipped: tests.filter(({ status }) => status !== 'passed' && status !== 'failed').map(({ fullName }) => fullName),
    flaky: [],
  }
}

/** Counts a Playwright JSON report. One that failed and then passed is flaky, and has neither passed nor failed. */
export function countPlaywright(file: string): Count {
  const { suites, errors }: { suites: PlaywrightSuite[]; errors: unknown[] } = JSON.parse(fs.readFileSync(file, 'utf8'))
  const tests = suites.flatMap((suite) => testsOf(suite, ''))
  const having = (...wanted: string[]) => tests.filter(({ status }) => wanted.includes(status))
  return {
    passed: having('expected').length,
    failed: having('unexpected').length + errors.length,
    skipped: having('skipped').map(({ name }) => name),
    flaky: having('flaky').map(({ name }) => name),
  }
}

function testsOf(suite: PlaywrightSuite, above: string): { name: string; status: string }[] {
  const name = `${above}${suite.title} > `
  return [
    ...suite.specs.flatMap(({ title, tests }) => tests.map(({ status }) => ({ name: name + title, status }))),
    ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, name)),
  ]
}
