import path from 'node:path'
import { defineConfig } from 'vitest/config'

// Three quarters of an hour off the full hour, and a day ahead of UTC in the evening: finds code that assumes a zone.
process.env.TZ = 'Asia/Kathmandu'

// Next answers `server-only` in its bundler; in Node it throws. Everything else is resolved by package.json "imports".
const resolve = { alias: { 'server-only': path.resolve(import.meta.dirname, 'node_modules/server-only/empty.js') } }
const guard = 'tests/support/console-guard.ts'

export default defineConfig({
  test: {
    maxWorkers: '100%', // files wait for databases and clocks more than they compute
    // tests/architecture/files.test.ts finds a test file that belongs to none
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: [
            'lib/**/*.test.ts',
            'sandbox/**/*.test.ts',
            'components/**/*.test.{ts,tsx}',
            'tests/contract/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
          ],
          setupFiles: [guard],
          testTimeout: 30_000, // the machine may be busy: no test is judged by how long it takes
        },
      },
      {
        resolve,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/support/global-setup.ts'],
          setupFiles: ['tests/support/worker-db.ts', guard],
          pool: 'forks', // one process, and so one parsed environment, for each file
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'lifecycle',
          sequence: { groupOrder: 1 }, // after the others: it starts whole products
          include: ['tests/lifecycle/**/*.test.ts'],
          setupFiles: [guard],
          pool: 'forks',
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
