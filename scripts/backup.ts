// npm run backup -- <file>: everything in the database, at one moment (docs/runbooks/backup.md).
import path from 'node:path'
import { messageOf } from './lib/message-of.ts'
import { openForBackup } from './lib/open-urls.ts'
import { takeBackup } from './lib/take-backup.ts'

const say = (line: string) => console.log(`[backup] ${line}`)
const [file] = process.argv.slice(2)
if (!file) {
  console.error('usage: npm run backup -- <file>')
  process.exit(2)
}
try {
  const { url, close } = await openForBackup(say)
  try {
    const rows = await takeBackup(url, path.resolve(file))
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    say(`${total} rows of ${Object.keys(rows).length} tables are in ${file}`)
    say('the keyring is not in it: keep that too, and elsewhere')
  } finally {
    await close()
  }
} catch (error) {
  console.error(`[backup] ${messageOf(error)}`)
  process.exitCode = 1
}
