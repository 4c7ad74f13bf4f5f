import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readGraph, type Violation } from '#scripts/lib/graph.ts'
import rules from '../../.dependency-cruiser.mjs'

const READS_WITHIN_MS = 240_000 // on a machine with other work

/** One violation of each rule: what breaks it, where, and the files that it takes. */
const planted: Record<string, { from: string; files: Record<string, string> }> = {
  'no-cycles': {
    from: 'lib/boards/close.ts',
    files: { 'lib/boards/open.ts': "import './close.ts'", 'lib/boards/close.ts': "import './open.ts'" },
  },
  'rooms-have-no-cycles': {
    from: 'lib/audit',
    files: {
      'lib/audit/record.ts': "import '#lib/vault/put.ts'",
      'lib/audit/schema.ts': 'export {}',
      'lib/vault/put.ts': 'export {}',
      'lib/vault/forget.ts': "import '#lib/audit/schema.ts'",
    },
  },
  'not-resolvable': { from: 'worker/lost.ts', files: { 'worker/lost.ts': "import '#lib/nowhere.ts'" } },
  'nobody-asks-for-it': { from: 'lib/projects/alone.ts', files: { 'lib/projects/alone.ts': 'export {}' } },
  'only-app-imports-app': {
    from: 'worker/page.ts',
    files: { 'worker/page.ts': "import '#app/api/route.ts'", 'app/api/route.ts': 'export {}' },
  },
  'platform-knows-no-product': {
    from: 'lib/platform/log.ts',
    files: { 'lib/platform/log.ts': "import '#lib/projects/schema.ts'", 'lib/projects/schema.ts': 'export {}' },
  },
  'oauth-is-pure': {
    from: 'lib/oauth/exchange.ts',
    files: { 'lib/oauth/exchange.ts': "import '#lib/platform/env.ts'", 'lib/platform/env.ts': 'export {}' },
  },
  'providers-know-no-database': {
    from: 'lib/providers/acme/provider.ts',
    files: { 'lib/providers/acme/provider.ts': "import '#lib/projects/schema.ts'" },
  },
  'providers-do-not-know-each-other': {
    from: 'lib/providers/other/provider.ts',
    files: { 'lib/providers/other/provider.ts': "import '../acme/provider.ts'" },
  },
  'what-providers-share-knows-none': {
    from: 'lib/providers/shared.ts',
    files: { 'lib/providers/shared.ts': "import './acme/failure.ts'", 'lib/providers/acme/failure.ts': 'export {}' },
  },
  'database-behind-with-org': {
    from: 'lib/projects/queries.ts',
    files: { 'lib/projects/queries.ts': "import 'pg'" },
  },
  'proof-is-given-in-one-place': {
    from: 'lib/sync/jobs.ts',
    files: { 'lib/sync/jobs.ts': "import '#lib/platform/proof.ts'", 'lib/platform/proof.ts': 'export {}' },
  },
  'what-is-seen-holds-no-secret': {
    from: 'app/api/env/route.ts',
    files: { 'app/api/env/route.ts': "import '#lib/platform/env.ts'" },
  },
  'components-see-only-shared-files': {
    from: 'components/boards/card.tsx',
    files: { 'components/boards/card.tsx': "import '#lib/projects/queries.ts'" },
  },
  'pages-do-not-write': {
    from: 'app/boards/page.tsx',
    files: { 'app/boards/page.tsx': "import '#lib/boards/close.ts'" },
  },
  'the-sandbox-is-the-world': {
    from: 'sandbox/acme.ts',
    files: { 'sandbox/acme.ts': "import '#lib/oauth/exchange.ts'" },
  },
  'the-world-is-not-the-product': {
    from: 'lib/sync/start.ts',
    files: { 'lib/sync/start.ts': "import '#sandbox/acme.ts'" },
  },
  'plain-node-needs-no-next': {
    from: 'worker/main.ts',
    files: {
      'worker/main.ts': "import '#lib/notifications/jobs.ts'",
      'lib/notifications/jobs.ts': "import './mail.tsx'",
      'lib/notifications/mail.tsx': 'export {}',
    },
  },
  'wires-end-in-platform': {
    from: 'lib/webhooks/send.ts',
    files: { 'lib/webhooks/send.ts': "import 'undici'" },
  },
  'tests-are-not-shipped': {
    from: 'lib/webhooks/receive.ts',
    files: {
      'lib/webhooks/receive.ts': "import '#tests/support/made-up.ts'",
      'tests/support/made-up.ts': 'export {}',
    },
  },
}

test(
  'no import goes against the direction of the house',
  async () => {
    const { modules, violations } = await readGraph()
    expect(violations).toEqual([])
    expect(modules).toBeGreaterThan(250)
  },
  READS_WITHIN_MS,
)

test('every rule of the graph has a violation planted here', () => {
  expect(Object.keys(planted).sort()).toEqual(rules.forbidden.map(({ name }) => name).sort())
})

test.each(Object.entries(planted))(
  'the graph finds a planted violation of %s',
  async (rule, { from }) => {
    const violations = await plantedViolations()
    expect(violations).toContainEqual(expect.objectContaining({ rule, from }))
  },
  READS_WITHIN_MS,
)

let found: Promise<Violation[]> | undefined

/** All of them, in a checkout of their own; the graph is read once. */
function plantedViolations(): Promise<Violation[]> {
  found ??= plantAll()
  return found
}

async function plantAll(): Promise<Violation[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'plugboard-graph-'))
  try {
    for (const name of ['package.json', 'tsconfig.json']) fs.copyFileSync(name, path.join(root, name))
    fs.symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
    for (const [file, text] of Object.values(planted).flatMap(({ files }) => Object.entries(files))) {
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      fs.writeFileSync(path.join(root, file), `${text}\n`)
    }
    return (await readGraph(root)).violations
  } finally {
    fs.rmSync(root, { recursive: true, force: true })
  }
}
