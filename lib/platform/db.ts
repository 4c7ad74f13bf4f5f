import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '#prisma/generated/client.ts'
import { env } from './env.ts'
import { log } from './log.ts'
import { isProven, type Proven } from './proof.ts'
import { assertNoTransaction, insideTransaction } from './transaction.ts'

const WAIT_MS = 20_000

// Reads have connections of their own: when a thousand readers queue for them, the one refresh that all of them wait for does not.
function connect() {
  const connectionString = env().DATABASE_URL
  const readers = Math.max(1, Math.floor(env().DATABASE_POOL / 3))
  const reading = new pg.Pool({
    connectionString,
    max: readers,
    connectionTimeoutMillis: WAIT_MS,
    query_timeout: WAIT_MS, // a socket whose other end is gone would hold its place for ever
    keepAlive: true,
  })
  reading.on('error', (error) => log.debug({ error }, 'an idle database connection broke'))
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: Math.max(1, env().DATABASE_POOL - readers) }),
    transactionOptions: { maxWait: WAIT_MS, timeout: 20_000 },
  })
  return { prisma, reading }
}
// Next evaluates this module once per bundle; one set of pools per process serves them all.
const shared: { plugboardDatabase?: ReturnType<typeof connect> } = globalThis as object
const database = () => (shared.plugboardDatabase ??= connect())
const prisma = () => database().prisma

/** Models that carry an organizationId, read from the generated client so that none can be forgotten. */
const scoped = new Set<string>(
  Object.values(Prisma.ModelName).filter(
    (model) => 'organizationId' in (Reflect.get(Prisma, `${model}ScalarFieldEnum`) as object), // every model has one
  ),
)

/** The first wall: every typed operation is narrowed to the organization. It only rewrites arguments, so it stays in the transaction. */
const scopeTo = (organizationId: string) =>
  Prisma.defineExtension({
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          if (!scoped.has(model)) return query(args)
          const { where, data, create } = args as { where?: object; data?: object | object[]; create?: object } // by operation
          const own = (part: object = {}) => ({ ...part, organizationId })
          const rewritten =
            operation === 'create'
              ? { data: own(data as object) } // create takes one object
              : operation.startsWith('createMany')
                ? { data: [data ?? []].flat().map(own) }
                : operation === 'upsert'
                  ? { where: own(where), create: own(create) }
                  : { where: own(where) }
          return query({ ...args, ...rewritten } as typeof args) // same operation, narrower
        },
      },
    },
  })

export type Db = Omit<Prisma.TransactionClient, never>
export { Prisma }

/** The door to an organization's rows: one transaction in which both walls stand. No network inside. */
export async function withOrg<T>(actor: Proven, work: (db: Db) => Promise<T>): Promise<T> {
  if (!isProven(actor)) throw new Error('withOrg takes a proven actor')
  assertNoTransaction('a transaction')
  return prisma()
    .$extends(scopeTo(actor.organizationId))
    .$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('app.org_id', ${actor.organizationId}, TRUE), set_config('app.user_id', ${actor.userId ?? ''}, TRUE)`
      return insideTransaction(() => work(tx as unknown as Db)) // the extended client has the same operations
    })
}

const waiting = new Map<string, Promise<object[]>>()

/**
 * The same door for one statement that only reads and is asked all the time: a transaction of its own, held by the
 * database's wall as any raw SQL is, without Prisma's share of the work (docs/decisions/0013-a-read-without-prisma.md).
 * Who asks the very same before it was sent is told the same rows, so they are not to be changed. Rows are what `pg` makes of them.
 */
export async function readAsOrg<Row extends object>(actor: Proven, statement: Prisma.Sql): Promise<Row[]> {
  if (!isProven(actor)) throw new Error('readAsOrg takes a proven actor')
  assertNoTransaction('a transaction')
  const key = JSON.stringify([actor.organizationId, actor.userId, statement.text, statement.values])
  const asked = env().COALESCE_REFRESH === 'on' ? waiting.get(key) : undefined
  const rows = asked ?? askAsOrg(actor, statement, () => waiting.delete(key))
  waiting.set(key, rows)
  return rows as Promise<Row[]> // the same statement has the same rows
}

async function askAsOrg(actor: Proven, statement: Prisma.Sql, whenSent: () => void): Promise<object[]> {
  const client = await database().reading.connect().finally(whenSent)
  let broken: Error | undefined
  const noteBreak = (error: Error) => {
    broken = error
  }
  client.on('error', noteBreak) // while it is lent out the pool does not listen
  try {
    await client.query('BEGIN READ ONLY')
    await client.query(`SELECT set_config('app.org_id', $1, TRUE), set_config('app.user_id', $2, TRUE)`, [
      actor.organizationId,
      actor.userId ?? '',
    ])
    return (await client.query<object>(statement.text, statement.values)).rows
  } finally {
    await client.query('COMMIT').catch(noteBreak)
    client.off('error', noteBreak)
    client.release(broken) // one that could not end its transaction is not lent again
  }
}

export type SystemReason =
  | 'sign-up'
  | 'sign-in'
  | 'session lookup'
  | 'token lookup'
  | 'account'
  | 'password reset'
  | 'invitation lookup'
  | 'attempt lookup'
  | 'shared grant'
  | 'job schedule'
  | 'purge'
  | 'key rotation'
  | 'demo seed'

/** The door for the few things that cross organizations: the role plugboard_system, on the tables granted to it. */
export async function withSystem<T>(reason: SystemReason, work: (db: Db) => Promise<T>): Promise<T> {
  assertNoTransaction('a transaction')
  log.debug({ reason }, 'system access')
  return prisma().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL ROLE plugboard_system`
    return insideTransaction(() => work(tx))
  })
}

/** For tables that belong to nobody (rate limits, key fingerprints). Not for scoped tables: without an organization they are empty. */
export const unscoped = () => prisma()

type RoleRow = { name: string; superuser: boolean; bypass: boolean; owns: boolean }

/** Refuses a role that walks through walls: superuser, BYPASSRLS, or owner of a scoped table. Throws an Error that says what to do. */
export async function assertRoleIsConfined(): Promise<void> {
  const [role] = await prisma().$queryRaw<RoleRow[]>`
    SELECT current_user AS name, rolsuper AS superuser, rolbypassrls AS bypass,
      EXISTS (SELECT 1 FROM pg_class c WHERE c.relname = 'Connection' AND pg_has_role(current_user, c.relowner, 'USAGE')) AS owns
    FROM pg_roles WHERE rolname = current_user`
  const faults = [role?.superuser && 'is a superuser', role?.bypass && 'has BYPASSRLS', role?.owns && 'owns the tables']
  const found = faults.filter(Boolean)
  if (!role || found.length > 0)
    throw new Error(
      `DATABASE_URL: the role ${role?.name ?? '?'} ${found.join(' and ')}, so row-level security would not hold it. ` +
        'Give the app a role of its own (docs/runbooks/scale.md) and keep the owner for MIGRATION_DATABASE_URL.',
    )
}

/** Closes the pools; for processes that end and for tests. */
export async function disconnect(): Promise<void> {
  const open = shared.plugboardDatabase
  delete shared.plugboardDatabase
  await Promise.all([open?.prisma.$disconnect(), open?.reading.end()])
}
