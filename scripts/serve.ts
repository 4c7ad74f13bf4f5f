// npm run start:web, npm run start:worker: one process of a real deployment, in the foreground (docs/runbooks/scale.md).
// Any number of each runs against one database. Migrations and build are steps of their own, before.
import './lib/server-only.mjs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { onEnd } from './lib/lifeline.mjs'
import { messageOf } from './lib/message-of.ts'
import { refuseIfBehind } from './lib/migration-history.ts'
import { buildFolder } from './lib/prepare.ts'
import { programEnv, readSettings } from './lib/settings.ts'

const roles: Record<string, () => Promise<unknown>> = {
  web: async () => {
    const folder = buildFolder()
    if (!folder) throw new Error('there is no build of this version: run npm run build first')
    process.env.BUILD_FOLDER = folder
    const { HOST = '', PORT = '' } = process.env
    process.argv = [process.execPath, 'next', 'start', '-H', HOST, '-p', PORT]
    return import(pathToFileURL(path.resolve('node_modules/next/dist/bin/next')).href) // its command line, in this process
  },
  worker: () => import('#worker/main.ts'),
}

const serve = roles[process.argv[2] ?? '']
if (!serve) {
  console.error('usage: npm run start:web, npm run start:worker')
  process.exit(2)
}
// the program answers signals itself; it does not notice that npm is gone
onEnd((why) => {
  if (!why.startsWith('SIG')) process.kill(process.pid, 'SIGTERM')
})
try {
  const { parseEnv } = await import('#lib/platform/env.ts')
  parseEnv(process.env) // names everything that is missing
  Object.assign(process.env, programEnv(readSettings(process.env, false), process.env, {}))
  Reflect.deleteProperty(process.env, 'MIGRATION_DATABASE_URL')
  await refuseIfBehind(process.env.DATABASE_URL ?? '')
  await serve()
} catch (error) {
  console.error(`[plugboard] ${messageOf(error)}`)
  process.exit(1)
}
