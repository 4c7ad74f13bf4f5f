// The graph of who imports whom, judged by .dependency-cruiser.mjs.
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const PARTS = ['app', 'bench', 'components', 'lib', 'prisma', 'sandbox', 'scripts', 'tests', 'worker']
const CRUISER = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
const RULES = path.resolve('.dependency-cruiser.mjs')

/** One import that breaks a rule. */
export type Violation = { rule: string; from: string; to: string }

/** A source file and the files it imports. */
export type Module = { file: string; imports: string[] }

/** What the cruiser saw in a checkout. */
export type Graph = { modules: number; violations: Violation[]; files: Module[] }

type Answer = {
  modules: { source: string; dependencies: { resolved: string }[] }[]
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

/** Looks at every source file under `root`. */
export async function readGraph(root = '.'): Promise<Graph> {
  const top = fs.readdirSync(root).filter((name) => /\.(ts|mjs)$/.test(name) && name !== 'next-env.d.ts')
  const parts = [...PARTS.filter((name) => fs.existsSync(path.join(root, name))), ...top]
  const answer = await run(['--config', RULES, '--output-type', 'json', ...parts], root)
  return {
    modules: answer.summary.totalCruised,
    violations: answer.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    files: answer.modules.map(({ source, dependencies }) => ({
      file: source,
      imports: [...new Set(dependencies.map(({ resolved }) => resolved))],
    })),
  }
}

function run(args: string[], cwd: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // its exit code is the number of violations, which is an answer too
    execFile(process.execPath, [CRUISER, ...args], { cwd, maxBuffer: 2 ** 28 }, (_error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(new Error(`the graph could not be read: ${stderr || stdout}`))
      }
    })
  })
}
