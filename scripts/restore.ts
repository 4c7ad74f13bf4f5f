// npm run restore -- <file>: puts a backup into an empty database (docs/runbooks/backup.md).
import './lib/server-only.mjs'
import path from 'node:path'
import { deploy } from './lib/deploy.ts'
import { messageOf } from './lib/message-of.ts'
import { openForBackup } from './lib/open-urls.ts'
import { restoreBackup } from './lib/restore-backup.ts'

const say = (line: string) => console.log(`[restore] ${line}`)
const [file] = process.argv.slice(2)
if (!file) {
  console.error('usage: npm run restore -- <file>')
  process.exit(2)
}
try {
  const { url, urls, close } = await openForBackup(say)
  try {
    if (urls) {
      const { queues } = await import('#worker/queues.ts')
      await deploy(urls.owner, urls.app, queues)
    }
    const rows = await restoreBackup(url, path.resolve(file))
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0)
    say(`${total} rows of ${Object.keys(rows).length} tables are back`)
  } finally {
    await close()
  }
} catch (error) {
  console.error(`[restore] ${messageOf(error)}`)
  process.exitCode = 1
}
