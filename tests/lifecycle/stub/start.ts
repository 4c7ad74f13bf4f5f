// `npm start` with its real supervisor, database and migrations, and small programs in the place of the product's own.
import { answers, nodeProgram, saysReady } from '#scripts/lib/programs.ts'
import { runProduct } from '#scripts/lib/run-product.ts'
import { readSettings } from '#scripts/lib/settings.ts'
import { programPart } from '#scripts/lib/supervise.ts'

const readyWithinMs = Number(process.env.STUB_READY_WITHIN_MS ?? 60_000)
const stub = (name: string) => `tests/lifecycle/stub/${name}.ts`

const settings = readSettings(process.env, false)
const code = await runProduct(settings, {
  prepare: async () => {},
  migration: (env) => nodeProgram(['scripts/migrate.ts', 'deploy'], env),
  seed: (env) => nodeProgram([stub('once')], env),
  sandbox: (env) => programPart('sandbox', nodeProgram([stub('idle')], env), (child) => saysReady('sandbox', child)),
  web: (env) => {
    const url = `http://127.0.0.1:${settings.port}/`
    return programPart('web', nodeProgram([stub('web')], env), () => answers('web', url, readyWithinMs))
  },
  worker: (env) => programPart('worker', nodeProgram([stub('idle')], env), (child) => saysReady('worker', child)),
})
process.exit(code)
