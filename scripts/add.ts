// npm run add -- <arguments of npm install>: on the pinned Node, and with a lock that `npm ci` accepts everywhere.
import { spawnSync } from 'node:child_process'

const npm = process.env.npm_execpath
if (!npm) {
  console.error('usage: npm run add -- <packages>')
  process.exit(2)
}
for (const args of [[npm, 'install', ...process.argv.slice(2)], ['scripts/complete-lockfile.ts']]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
