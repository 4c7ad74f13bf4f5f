// Puts one row into every table of an organization, past every wall and every foreign key: what is stored there does not
// matter, that its ids exist does. Reads the catalogue, so a new table is planted without anybody thinking of it.
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { asSuperuser, scopedTables } from './as-superuser.ts'

type Column = { name: string; type: string; udt: string }

const values: Record<string, () => unknown> = {
  uuid: randomUUID,
  text: () => randomBytes(6).toString('hex'),
  integer: () => 1,
  boolean: () => false,
  'timestamp with time zone': () => new Date(Date.now() + 86_400_000),
  bytea: () => randomBytes(32),
  jsonb: () => '{}',
  ARRAY: () => [],
}

const onTables = <T>(work: (client: pg.Client, tables: string[]) => Promise<T>): Promise<T> =>
  asSuperuser(async (client) => work(client, await scopedTables(client)))

/** Every row of an organization as text, to see that nothing of it changed. */
export const everythingOf = (organizationId: string): Promise<string[]> =>
  onTables(async (client, tables) => {
    const all: string[] = []
    for (const table of tables) {
      const sql = `SELECT row_to_json(t)::text AS row FROM "${table}" t WHERE "organizationId" = $1 ORDER BY 1`
      const { rows } = await client.query<{ row: string }>(sql, [organizationId])
      all.push(...rows.map(({ row }) => `${table} ${row}`))
    }
    return all
  })

/** Plants into this organization and returns every UUID that now belongs to it, its rows' own and those they point to. */
export const plantEverywhere = (organizationId: string): Promise<string[]> =>
  onTables(async (client, tables) => {
    await client.query('SET session_replication_role = replica') // foreign keys and triggers look away
    const ids = new Set<string>()
    for (const table of tables) for (const id of await plant(client, table, organizationId)) ids.add(id)
    ids.delete(organizationId)
    return [...ids]
  })

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value)

async function plant(client: pg.Client, table: string, organizationId: string): Promise<string[]> {
  const { rows: columns } = await client.query<Column>(
    `SELECT column_name AS name, data_type AS type, udt_name AS udt FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND column_default IS NULL AND is_nullable = 'NO'`,
    [table],
  )
  const row = new Map<string, unknown>()
  for (const { name, type, udt } of columns)
    row.set(
      name,
      name === 'organizationId'
        ? organizationId
        : type === 'USER-DEFINED'
          ? await firstOf(client, udt)
          : values[type]?.(),
    )
  const names = [...row.keys()]
  const columnList = names.map((name) => `"${name}"`).join(', ')
  const places = names.map((_, n) => `$${n + 1}`).join(', ')
  const sql = `INSERT INTO "${table}" (${columnList}) VALUES (${places}) ON CONFLICT DO NOTHING`
  await client.query(sql, [...row.values()])
  const { rows: stored } = await client.query(`SELECT * FROM "${table}" WHERE "organizationId" = $1`, [organizationId])
  return stored.flatMap((found) => Object.values(found).filter((value) => isUuid(value)))
}

async function firstOf(client: pg.Client, enumeration: string): Promise<string> {
  const { rows } = await client.query(
    'SELECT enumlabel FROM pg_enum WHERE enumtypid = to_regtype($1) ORDER BY enumsortorder LIMIT 1',
    [`"${enumeration}"`],
  )
  return rows[0].enumlabel
}
