import { defineConfig } from 'prisma/config'

// The CLI looks for its native engine before any command; those below never run it, so any existing file will do.
// Migrations go through scripts/migrate.ts, which drives the same engine as WebAssembly.
if (['generate', 'validate', 'format', 'version'].includes(process.argv[2] ?? ''))
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
