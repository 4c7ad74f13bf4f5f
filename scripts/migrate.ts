// npm run migrate -- deploy | status | diff | dev <name> | resolve <name> applied|rolled-back | reset
// With DATABASE_URL: on that database, as the owner of MIGRATION_DATABASE_URL. Without: on the embedded one (reset: only there).
import './lib/server-only.mjs'
import fs from 'node:fs'
import path from 'node:path'
import { deploy } from './lib/deploy.ts'
import type { Urls } from './lib/embedded.ts'
import { messageOf } from './lib/message-of.ts'
import { pendingMigrations } from './lib/migration-history.ts'
import { openUrls } from './lib/open-urls.ts'
import { withClient } from './lib/roles.ts'
import { type Engine, everything, openEngine } from './lib/schema-engine.ts'

const say = (line: string) => console.log(`[migrate] ${line}`)
const [verb = '', name = '', how = ''] = process.argv.slice(2)

const verbs: Record<string, (urls: Urls) => Promise<void>> = {
  deploy: async (urls) => {
    const { queues } = await import('#worker/queues.ts')
    const applied = await deploy(urls.owner, urls.app, queues)
    say(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply')
  },
  status: async (urls) => {
    const pending = await withClient(urls.owner, pendingMigrations)
    say(pending.length > 0 ? `not applied: ${pending.join(', ')}` : 'every migration is applied')
    process.exitCode = pending.length > 0 ? 1 : 0
  },
  diff: (urls) => withEngine(urls, printDifference),
  dev: (urls) => withEngine(urls, (engine) => writeMigration(engine, name)),
  resolve: (urls) => withEngine(urls, markMigration),
  reset: async (urls) => {
    if (process.env.DATABASE_URL) throw new Error('reset is for the embedded database: it removes every row and table')
    await withEngine(urls, async (engine) => {
      await engine.ask((open) => open.reset({ filter: everything }))
    })
    say('every table is gone: npm run migrate -- deploy makes them again')
  },
}

async function withEngine(urls: Urls, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await openEngine(urls.owner, urls.superuser)
  try {
    await work(engine)
  } finally {
    await engine.close()
  }
}

/** What prisma/schema.prisma has that the migrations do not make; exit 2 when there is something. */
async function printDifference(engine: Engine): Promise<void> {
  const from = { tag: 'migrations' as const, ...engine.migrations() }
  const to = { tag: 'schemaDatamodel' as const, ...engine.schema }
  const answer = await engine.ask((open) => open.diff({ from, to, script: true, exitCode: true, filters: everything }))
  say(answer.exitCode === 0 ? 'the migrations make what prisma/schema.prisma says' : (answer.stdout ?? ''))
  process.exitCode = answer.exitCode
}

async function writeMigration(engine: Engine, migrationName: string): Promise<void> {
  if (!/^[a-z0-9_]+$/.test(migrationName)) throw new Error('usage: npm run migrate -- dev <lower_case_name>')
  const apply = () =>
    engine.ask((open) => open.applyMigrations({ migrationsList: engine.migrations(), filters: everything }))
  const input = { migrationsList: engine.migrations(), schema: engine.schema, filters: everything }
  const { action } = await engine.ask((open) => open.devDiagnostic(input))
  if (action.tag === 'reset') throw new Error(`${action.reason}\nnpm run migrate -- reset empties the database`)
  await apply()
  const { warnings, unexecutableSteps } = await engine.ask((open) => open.evaluateDataLoss(input))
  for (const { message } of warnings) say(`warning: ${message}`)
  if (unexecutableSteps.length > 0) throw new Error(unexecutableSteps.map((step) => step.message).join('\n'))
  const made = await engine.ask((open) => open.createMigration({ ...input, draft: false, migrationName }))
  if (!made.migrationScript) return say('the schema is what the migrations make')
  const folder = path.join('prisma/migrations', made.generatedMigrationName)
  fs.mkdirSync(folder)
  fs.writeFileSync(path.join(folder, 'migration.sql'), made.migrationScript)
  await apply()
  say(`wrote and applied ${folder}`)
}

async function markMigration(engine: Engine): Promise<void> {
  const isKnown = how === 'applied' || how === 'rolled-back'
  if (!isKnown || !name) throw new Error('usage: npm run migrate -- resolve <name> applied|rolled-back')
  await engine.ask<unknown>((open) =>
    how === 'applied'
      ? open.markMigrationApplied({ migrationName: name, migrationsList: engine.migrations() })
      : open.markMigrationRolledBack({ migrationName: name }),
  )
  say(`${name} is marked ${how}`)
}

const chosen = verbs[verb]
if (!chosen) {
  console.error(`usage: npm run migrate -- ${Object.keys(verbs).join(' | ')}`)
  process.exit(2)
}
const { urls, close } = await openUrls(say)
try {
  await chosen(urls)
} catch (error) {
  console.error(`[migrate] ${messageOf(error)}`)
  process.exitCode = 1
} finally {
  await close()
}
