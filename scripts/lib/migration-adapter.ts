// What Prisma's schema engine talks to: one PostgreSQL session for each database it asks for.
// @prisma/adapter-pg is made for queries: it refuses catalogue types such as "char", and its executeScript cuts a
// script at every ';', which breaks function bodies.
import {
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

type Column = { type: ColumnType; parse: (text: string) => unknown }
const asIs = (text: string) => text
const words = (text: string) => (text === '' ? [] : text.split(' '))
const isoTime = (text: string) => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
const driverParser = (oid: number) => pg.types.getTypeParser(oid as 17) // the declared list of ids lacks the arrays
const texts: Column = { type: ColumnTypeEnum.TextArray, parse: driverParser(1009) }

/** By type oid (pg_type.dat); whatever is missing is text. */
const columns: Record<number, Column> = {
  16: { type: ColumnTypeEnum.Boolean, parse: (text) => text === 't' },
  17: { type: ColumnTypeEnum.Bytes, parse: driverParser(17) },
  18: { type: ColumnTypeEnum.Character, parse: asIs },
  20: { type: ColumnTypeEnum.Int64, parse: asIs },
  21: { type: ColumnTypeEnum.Int32, parse: Number },
  22: { type: ColumnTypeEnum.Int32Array, parse: (text) => words(text).map(Number) },
  23: { type: ColumnTypeEnum.Int32, parse: Number },
  26: { type: ColumnTypeEnum.Int64, parse: asIs },
  30: { type: ColumnTypeEnum.Int64Array, parse: words },
  114: { type: ColumnTypeEnum.Json, parse: asIs },
  701: { type: ColumnTypeEnum.Double, parse: Number },
  1002: texts,
  1003: texts,
  1005: { type: ColumnTypeEnum.Int32Array, parse: driverParser(1005) },
  1009: texts,
  1114: { type: ColumnTypeEnum.DateTime, parse: (text) => `${text.replace(' ', 'T')}+00:00` },
  1184: { type: ColumnTypeEnum.DateTime, parse: isoTime },
  3802: { type: ColumnTypeEnum.Json, parse: asIs },
}
const columnOf = (oid: number): Column => columns[oid] ?? { type: ColumnTypeEnum.Text, parse: asIs }

const about = { provider: 'postgres', adapterName: '@prisma/adapter-pg' } as const

/** What the engine is given, and how its sessions are ended: it leaves its own open. */
export type Sessions = { factory: SqlMigrationAwareDriverAdapterFactory; close: () => Promise<void> }

/**
 * Sessions for the schema engine: on the database of `url`, and on shadow databases made through `shadowUrl`,
 * whose role must be allowed to create databases.
 */
export function openSessions(url: string, shadowUrl: string = url): Sessions {
  const open = new Set<SqlDriverAdapter>()
  const opened = async (session: Promise<SqlDriverAdapter>) => {
    open.add(await session)
    return session
  }
  const connectToShadowDb = async () => {
    const name = `plugboard_shadow_${crypto.randomUUID()}`
    await runOnce(shadowUrl, `CREATE DATABASE "${name}" TEMPLATE template0`)
    const shadow = new URL(shadowUrl)
    shadow.pathname = `/${name}`
    const drop = () => runOnce(shadowUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    return opened(openSession(shadow.href, drop))
  }
  return {
    factory: { ...about, connect: () => opened(openSession(url, async () => {})), connectToShadowDb },
    close: async () => void (await Promise.all([...open].map((session) => session.dispose()))),
  }
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = await connect(url)
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, options: '-c timezone=UTC' })
  client.on('error', () => {}) // the running query reports it
  await client.connect()
  return client
}

async function openSession(url: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
  const client = await connect(url)
  const queries = queriesOn(client)
  let ended: Promise<void> | undefined
  return {
    ...queries,
    executeScript: async (script) => void (await attempt(client.query(script))),
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
    startTransaction: async (isolation) => {
      await attempt(client.query(isolation ? `BEGIN ISOLATION LEVEL ${isolation}` : 'BEGIN'))
      const say = async (sql: string) => void (await attempt(client.query(sql)))
      return {
        ...queries,
        options: { usePhantomQuery: true },
        commit: () => say('COMMIT'),
        rollback: () => say('ROLLBACK'),
        createSavepoint: (name) => say(`SAVEPOINT ${name}`),
        rollbackToSavepoint: (name) => say(`ROLLBACK TO SAVEPOINT ${name}`),
        releaseSavepoint: (name) => say(`RELEASE SAVEPOINT ${name}`),
      }
    },
    dispose: () => {
      ended ??= client.end().then(afterwards)
      return ended
    },
  }
}

function queriesOn(client: pg.Client): SqlQueryable {
  const run = ({ sql, args }: SqlQuery) =>
    attempt(
      client.query<unknown[]>({
        text: sql,
        values: args,
        rowMode: 'array',
        types: { getTypeParser: (oid: number) => columnOf(oid).parse },
      }),
    )
  return {
    ...about,
    queryRaw: async (query) => {
      const { fields, rows } = await run(query)
      return {
        columnNames: fields.map((field) => field.name),
        columnTypes: fields.map((field) => columnOf(field.dataTypeID).type),
        rows,
      }
    },
    executeRaw: async (query) => (await run(query)).rowCount ?? 0,
  }
}

/** The engine knows PostgreSQL's errors by their code. */
async function attempt<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const { code = '', severity = '', message, detail, column, hint } = error
    throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
  }
}
