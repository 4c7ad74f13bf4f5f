// Prisma's schema engine from npm, as WebAssembly: `prisma migrate` would download a native one.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine, SchemasContainer } from '@prisma/schema-engine-wasm'
import { openSessions } from './migration-adapter.ts'

const SCHEMA = 'prisma/schema.prisma'
const MIGRATIONS = 'prisma/migrations'

/** No table is left out of what the engine looks at. */
export const everything = { externalTables: [], externalEnums: [] }

/** The engine, bound to one database. */
export type Engine = {
  schema: SchemasContainer
  /** read anew each time: some commands write one */
  migrations: () => MigrationList
  /** calls the engine; an error is the database's own, with its message */
  ask: <T>(work: (engine: SchemaEngine) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** Opens the engine on `url`; `shadowUrl` names a server where its role may create a scratch database. */
export async function openEngine(url: string, shadowUrl?: string): Promise<Engine> {
  loading ??= loadEngine() // once: what the engine started earlier, such as a clock, comes back to the same memory
  const wasm = await loading
  const schema = { files: [{ path: path.resolve(SCHEMA), content: fs.readFileSync(SCHEMA, 'utf8') }] }
  const sessions = openSessions(url, shadowUrl)
  const adapter = bindMigrationAwareSqlAdapterFactory(sessions.factory)
  const datamodels = schema.files.map((file): [string, string] => [file.path, file.content])
  const engine = await wasm.SchemaEngine.new({ datamodels }, () => {}, adapter)
  return {
    schema,
    migrations: readMigrations,
    ask: async (work) => {
      try {
        return await work(engine)
      } catch (error) {
        throw causeOf(error, adapter.errorRegistry)
      }
    },
    close: async () => {
      engine.free()
      await sessions.close()
    },
  }
}

let loading: ReturnType<typeof loadEngine> | undefined

async function loadEngine() {
  // without this the engine hides a panic of its own behind a TypeError
  Reflect.set(globalThis, 'PRISMA_WASM_PANIC_REGISTRY', {
    set_message: (message: string) => console.error(`schema engine: ${message}`),
  })
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = fs.readFileSync(path.join(path.dirname(file), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': importsOf(glue) })
  const setWasm: unknown = Reflect.get(glue, '__wbg_set_wasm') // not in its type declarations
  const start = instance.exports.__wbindgen_start
  if (typeof setWasm !== 'function' || typeof start !== 'function') throw new Error('unknown kind of schema engine')
  setWasm(instance.exports)
  start()
  return glue
}

/** The engine never clears the clock of its ten-second lock attempt: it must not keep this process waiting. */
function importsOf(glue: object): WebAssembly.ModuleImports {
  const patient = (work: () => void, milliseconds: number) => setTimeout(work, milliseconds).unref()
  const isClock = (name: string) => name.startsWith('__wbg_setTimeout')
  return Object.fromEntries(Object.entries(glue).map(([name, value]) => [name, isClock(name) ? patient : value]))
}

function causeOf(error: unknown, registry: { consumeError: (id: number) => { error: unknown } | undefined }): unknown {
  const id = /external error \(reference id: (\d+)\)/i.exec(String(error))?.[1]
  return (id === undefined ? undefined : registry.consumeError(Number(id))?.error) ?? error
}

function readMigrations(): MigrationList {
  const names = fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const lockfile = path.join(MIGRATIONS, 'migration_lock.toml')
  return {
    baseDir: path.resolve(MIGRATIONS),
    lockfile: {
      path: 'migration_lock.toml',
      content: fs.existsSync(lockfile) ? fs.readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({ path: name, migrationFile: readMigration(name) })),
  }
}

function readMigration(name: string): MigrationList['migrationDirectories'][number]['migrationFile'] {
  const file = path.join(MIGRATIONS, name, 'migration.sql')
  const content: { tag: 'ok'; value: string } | { tag: 'error'; value: string } = fs.existsSync(file)
    ? { tag: 'ok', value: fs.readFileSync(file, 'utf8') }
    : { tag: 'error', value: `${file} is missing` }
  return { path: 'migration.sql', content }
}
