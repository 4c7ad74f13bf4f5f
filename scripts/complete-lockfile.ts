// node scripts/complete-lockfile.ts: after an `npm install`, so that `npm ci` works on every platform.
import fs from 'node:fs'
import { completeLock, type Lock } from './lib/lockfile.ts'

const FILE = 'package-lock.json'
const lock: Lock = JSON.parse(fs.readFileSync(FILE, 'utf8'))
const { added, unknown } = completeLock(lock)
fs.writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`[lock] added ${added.length} packages of other platforms`)
if (unknown.length > 0) {
  console.error(`[lock] npm ci will miss these, and their names tell no platform: ${unknown.join(', ')}`)
  process.exitCode = 1
}
