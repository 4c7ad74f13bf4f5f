// npm start, npm run dev: everything Plugboard needs on one machine, kept running until Ctrl-C.
import { messageOf } from './lib/message-of.ts'
import { ensureBuilt, ensureGenerated } from './lib/prepare.ts'
import { nodeProgram, sandboxPart, webPart, workerPart } from './lib/programs.ts'
import { runProduct } from './lib/run-product.ts'
import { readSettings } from './lib/settings.ts'

try {
  const settings = readSettings(process.env, process.argv.includes('--dev'))
  let build: string | null = null
  const code = await runProduct(settings, {
    prepare: async (supervisor, say) => {
      if (settings.isDev) await ensureGenerated(supervisor, say)
      else build = await ensureBuilt(supervisor, say)
    },
    migration: (env) => nodeProgram(['scripts/migrate.ts', 'deploy'], env),
    seed: (env) => nodeProgram(['prisma/seed.ts'], env),
    sandbox: (env) => sandboxPart(settings, env),
    web: (env) => webPart(settings, env, build),
    worker: workerPart,
  })
  process.exit(code)
} catch (error) {
  console.error(`[plugboard] ${messageOf(error)}`)
  process.exit(1)
}
