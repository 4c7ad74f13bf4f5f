// npm run bench [-- reader provider search hub storm page]: the speed that was promised, as ratios of interleaved runs.
// Everything on loopback, on a PostgreSQL and a sandbox of its own; the numbers behind the table are in bench/last.json.
import '#scripts/lib/server-only.mjs'
import { onEnd } from '#scripts/lib/lifeline.mjs'
import { messageOf } from '#scripts/lib/message-of.ts'
import { ensureGenerated } from '#scripts/lib/prepare.ts'
import { supervise } from '#scripts/lib/supervise.ts'
import { type Floor, layFloor } from './floor.ts'
import { keep, printTable, type Row } from './report.ts'

type Measure = (floor: Floor) => Promise<Row[]>

// only now: what they import wants the environment that the floor brings
const parts: Record<string, () => Promise<Measure>> = {
  reader: async () => (await import('./reader.ts')).measureReader,
  provider: async () => (await import('./provider-call.ts')).measureProviderCall,
  search: async () => (await import('./search.ts')).measureSearch,
  hub: async () => (await import('./hub.ts')).measureHub,
  page: async () => (await import('./page.ts')).measurePage,
  storm: async () => (await import('./storm.ts')).measureStorm,
}

const say = (line: string) => console.log(`[bench] ${line}`)
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`usage: npm run bench -- [${Object.keys(parts).join(' ')}]`)
  process.exit(2)
}

const supervisor = supervise(say)
onEnd(() => void supervisor.stop(null))
const began = performance.now()
const seconds = () => Math.round((performance.now() - began) / 1000)
try {
  await ensureGenerated(supervisor, say)
  const floor = await layFloor(supervisor)
  const rows: Row[] = []
  for (const [name, load] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    say(`${name} (${seconds()} s)`)
    rows.push(...(await (await load())(floor)))
  }
  printTable(rows)
  keep(rows, seconds())
  await (await import('#lib/platform/db.ts')).disconnect() // before its server goes
  await supervisor.stop(null)
  process.exit(0)
} catch (error) {
  console.error(`[bench] ${messageOf(error)}`)
  await supervisor.stop(null)
  process.exit(1)
}
