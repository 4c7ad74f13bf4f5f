// npm run check: what can be said about the code without starting the product. Every step runs, whatever the others say.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onEnd } from './lib/lifeline.mjs'
import { messageOf } from './lib/message-of.ts'
import { ensureGenerated } from './lib/prepare.ts'
import { Stopped, supervise } from './lib/supervise.ts'

const steps: Record<string, readonly string[][]> = {
  format: [['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  lint: [['node_modules/oxlint/bin/oxlint', '--type-aware']],
  types: [
    ['node_modules/next/dist/bin/next', 'typegen'],
    ['node_modules/typescript/bin/tsc', '--noEmit'],
  ],
  graph: [['scripts/graph.ts']],
  unused: [['node_modules/knip/bin/knip.js']],
  unit: [['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit']],
}

const say = (line: string) => console.log(`[check] ${line}`)
const supervisor = supervise(say)
onEnd(() => void supervisor.stop(null))
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
Reflect.deleteProperty(env, 'NODE_ENV') // each tool sets its own
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-check-'))

/** Runs a step; what it printed is shown only when it failed. */
async function isFine(name: string, programs: readonly string[][]): Promise<boolean> {
  const began = performance.now()
  const file = path.join(folder, name)
  const output = fs.openSync(file, 'w')
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`
  try {
    for (const args of programs) await supervisor.run(name, { args, env, stdio: output })
    say(`ok      ${name}  ${seconds()}`)
    return true
  } catch (error) {
    if (error instanceof Stopped) throw error
    process.stdout.write(fs.readFileSync(file))
    say(`FAILED  ${name}  ${seconds()}`)
    return false
  } finally {
    fs.closeSync(output)
  }
}

try {
  await ensureGenerated(supervisor, say)
  const failed: string[] = []
  for (const [name, programs] of Object.entries(steps)) if (!(await isFine(name, programs))) failed.push(name)
  say(failed.length === 0 ? 'all is well' : `failed: ${failed.join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
} catch (error) {
  console.error(`[check] ${messageOf(error)}`)
  process.exitCode = 1
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
process.exit()
