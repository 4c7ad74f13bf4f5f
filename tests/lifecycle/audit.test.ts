// quality 40: what is known of the packages. A registry that does not tell is no proof: then this is skipped, and listed as that.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { z } from 'zod'

const Report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
})

/** The packages of a report whose findings are high or worse. */
const grave = ({ vulnerabilities }: z.infer<typeof Report>): string[] =>
  Object.entries(vulnerabilities)
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity, range }]) => `${name} ${range}: ${severity}`)

/** npm's report on the lock; null where the registry could not be asked. */
function askRegistry(): z.infer<typeof Report> | null {
  const npm = process.env.npm_execpath
  const args = ['audit', '--json', '--package-lock-only']
  const options = { encoding: 'utf8', timeout: 120_000 } as const // as const: an encoding
  const { stdout } = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  try {
    return Report.parse(JSON.parse(stdout))
  } catch {
    return null
  }
}

test('40: npm audit finds nothing high or critical in what is installed', (context) => {
  const report = askRegistry()
  if (!report) return context.skip('no registry tells what is known of the packages')
  expect(grave(report)).toEqual([])
})

test('40: a report with something high in it is not taken for a clean one', () => {
  const vulnerabilities = { one: { severity: 'moderate', range: '<2' }, other: { severity: 'high', range: '<1.2.3' } }
  expect(grave({ auditReportVersion: 2, vulnerabilities })).toEqual(['other <1.2.3: high'])
})
