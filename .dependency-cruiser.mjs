// Which way the doors open (docs/architecture.md, "Direction"). Every rule has a sentence that a violation is shown with.
const rooms = '^lib/(?!platform/|oauth/|providers/|http/)[^/]+/'
const frameworks = 'node_modules/(next|next-auth|react|react-dom|@prisma)/'

/** A type-only import leaves nothing at run time: it may cross where code may not. */
const runtime = { dependencyTypesNot: ['type-only'] }

const rule = (name, comment, from, to, more = {}) => ({ name, severity: 'error', comment, from, to, ...more })

export default {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one file, or lack a third.', {}, { circular: true }),
    rule(
      'rooms-have-no-cycles',
      'Rooms stand in one row (tenancy, audit, vault, connections, ...): each knows those to its left.',
      { path: '^lib/[^/]+$' },
      { circular: true },
      { scope: 'folder' },
    ),
    rule('not-resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    rule(
      'nobody-asks-for-it',
      'A file that imports nothing and that nothing imports is dead.',
      { orphan: true, path: '^(lib|components|sandbox)/', pathNot: '\\.test\\.tsx?$|/fixtures/' },
      {},
    ),
    rule(
      'only-app-imports-app',
      'app/ is addresses: nothing else may hold on to one.',
      { pathNot: '^(app|tests)/' },
      { path: '^app/' },
    ),
    rule(
      'platform-knows-no-product',
      'lib/platform would serve any product.',
      { path: '^lib/platform/' },
      { path: '^(app|components|worker|sandbox|scripts)/|^lib/(?!platform/)' },
    ),
    rule(
      'oauth-is-pure',
      'lib/oauth is the RFCs: no rows, no environment, no framework.',
      { path: '^lib/oauth/' },
      { path: `${rooms}|^lib/http/|^lib/platform/(db|env|jobs)\\.|${frameworks}|^prisma/` },
    ),
    rule(
      'providers-know-no-database',
      'A provider gets an api and answers: it sees no row, no room, no environment, no framework.',
      { path: '^lib/providers/' },
      { path: `${rooms}|^lib/http/|^lib/platform/(db|env|jobs)\\.|${frameworks}|^prisma/` },
    ),
    rule(
      'providers-do-not-know-each-other',
      'What two providers share belongs to lib/oauth, lib/platform or a file beside them.',
      { path: '^lib/providers/([^/]+)/' },
      { path: '^lib/providers/([^/]+)/', pathNot: '^lib/providers/$1/' },
    ),
    rule(
      'what-providers-share-knows-none',
      'A file beside the providers serves several of them; only the registry knows them.',
      { path: '^lib/providers/[^/]+$', pathNot: '^lib/providers/registry\\.ts$' },
      { path: '^lib/providers/[^/]+/' },
    ),
    rule(
      'database-behind-with-org',
      'The only door to the rows is lib/platform/db.ts: withOrg and withSystem.',
      { pathNot: '^(lib/platform/db\\.ts|prisma/|scripts/|tests/|bench/)' },
      { path: '^prisma/generated|node_modules/(@prisma|pg)/', ...runtime },
    ),
    rule(
      'proof-is-given-in-one-place',
      'Only lib/tenancy/actor.ts proves an actor, and only lib/platform/db.ts asks for the proof.',
      { pathNot: '^lib/(platform/(db|proof)|tenancy/actor)\\.' },
      { path: '^lib/platform/proof\\.ts$', ...runtime },
    ),
    rule(
      'what-is-seen-holds-no-secret',
      'Pages and components reach neither registry, vault, database, environment nor seal.',
      { path: '^(components|app)/' },
      { path: '^lib/(providers/registry|vault/|platform/(db|env|seal)\\.)', ...runtime },
    ),
    rule(
      'components-see-only-shared-files',
      'A component knows a room by its schemas, status and client.',
      { path: '^components/', pathNot: '\\.test\\.tsx?$' },
      { path: '^lib/', pathNot: '^lib/[^/]+/([a-z-]*schema|client|status)\\.ts$', ...runtime },
    ),
    rule(
      'pages-do-not-write',
      'A page proves the actor, reads and draws: verbs are called by route handlers.',
      { path: '^app/(?!api/|connect/)' },
      { path: rooms, pathNot: `${rooms}(queries|[a-z-]*schema|client|status|gate)\\.ts$`, ...runtime },
    ),
    rule(
      'the-sandbox-is-the-world',
      'The sandbox stands in for the providers: sharing code with us, it would share our mistakes.',
      { path: '^sandbox/' },
      { path: '^(lib|app|components|prisma|worker)/' },
    ),
    rule(
      'the-world-is-not-the-product',
      'Nothing that serves people is part of the simulation.',
      { path: '^(lib|app|components|worker)/', pathNot: '\\.test\\.tsx?$' },
      { path: '^sandbox/' },
    ),
    rule(
      'plain-node-needs-no-next',
      'worker, scripts, sandbox and seed run in plain Node, which has no .tsx, no next and no next-auth.',
      { path: '^(worker|scripts|sandbox)/|^prisma/seed\\.ts$' },
      { path: '\\.tsx$|node_modules/(next|next-auth)/', reachable: true },
    ),
    rule(
      'wires-end-in-platform',
      'Log, mail and outgoing HTTP have one wrapper each, which redacts, limits and refuses.',
      { pathNot: '^(lib/platform|tests|scripts|bench)/' },
      { path: 'node_modules/(pino|nodemailer|undici)/', ...runtime },
    ),
    rule(
      'tests-are-not-shipped',
      'What runs in production imports no test and nothing made for tests.',
      { pathNot: '^(tests|bench)/|\\.test\\.tsx?$|^(vitest|playwright)\\.config\\.ts$' },
      { path: '^tests/|\\.test\\.tsx?$|/fixtures/' },
    ),
  ],
  options: {
    // the compiler of TypeScript 7 has no JavaScript API: without another parser the graph is empty, and looks clean
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^prisma/generated'] },
    exclude: { path: '\\.css$' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
