// The three roles of the database and what each may do (docs/architecture.md, "Tenancy").
// owner: owns every table, migrates. app: serves; row-level security binds it. plugboard_system: nobody signs in as it;
// the app takes it for one transaction where a question crosses organizations.
import pg from 'pg'
import { messageOf } from './message-of.ts'

/** The role taken for questions that cross organizations. */
const SYSTEM_ROLE = 'plugboard_system'

/** Tables that the app may add to and read, never change: their rows are evidence. */
const APPEND_ONLY = ['AuditEvent']

/** Tables whose rows the app may change and never remove: the ends of chains. */
const KEPT = ['AuditHead']

/** Tables that only migrations write. */
const READ_ONLY = ['_prisma_migrations']

const quote = pg.escapeIdentifier

/** A role somebody signs in with. */
export type Login = { user: string; password: string }

/** Runs with a client that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {}) // the running query reports it
  try {
    await client.connect()
  } catch (error) {
    const { user, host, port, database } = client
    throw new Error(`no connection to ${database} at ${host}:${port} as ${user}: ${messageOf(error)}`, { cause: error })
  }
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The user of a database URL. */
export function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

/** Makes roles and database on a server of our own, as its superuser; safe to run at every start. */
export async function provision(superuser: pg.Client, roles: { owner: Login; app: Login }, database: string) {
  for (const { user, password } of [roles.owner, roles.app]) {
    await createRole(superuser, user)
    const secret = pg.escapeLiteral(password)
    const rights = 'LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION'
    await superuser.query(`ALTER ROLE ${quote(user)} ${rights} PASSWORD ${secret}`)
  }
  for (const sql of systemRoleSql(roles.app.user)) await superuser.query(sql).catch(ignoreDuplicate)
  const { rowCount } = await superuser.query('SELECT FROM pg_database WHERE datname = $1', [database])
  if (rowCount === 0) await superuser.query(`CREATE DATABASE ${quote(database)} OWNER ${quote(roles.owner.user)}`)
}

async function createRole(client: pg.Client, name: string): Promise<void> {
  await client.query(`CREATE ROLE ${quote(name)}`).catch(ignoreDuplicate)
}

function ignoreDuplicate(error: unknown): void {
  if (!(error instanceof pg.DatabaseError) || error.code !== '42710') throw error
}

/** What an administrator runs once where the owner role may not. */
function systemRoleSql(appRole: string): string[] {
  return [
    `CREATE ROLE ${SYSTEM_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS`,
    // INHERIT FALSE: its rights count only after SET LOCAL ROLE, never by the way
    `GRANT ${SYSTEM_ROLE} TO ${quote(appRole)} WITH INHERIT FALSE, SET TRUE`,
  ]
}

/**
 * Makes sure that the app role exists and may take the system role.
 * Throws with the exact statements for an administrator where the owner may not do it itself.
 */
export async function ensureRoles(owner: pg.Client, appRole: string): Promise<void> {
  const missing = await missingRoleSql(owner, appRole)
  for (const sql of missing) {
    try {
      await owner.query(sql)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
      throw new Error(`an administrator of the database has to run this once:\n\n${missing.join(';\n')};\n`)
    }
  }
}

async function missingRoleSql(owner: pg.Client, appRole: string): Promise<string[]> {
  const { rows } = await owner.query(
    `SELECT to_regrole($1) IS NOT NULL AS app, to_regrole($2) IS NOT NULL AS system,
       EXISTS (SELECT FROM pg_auth_members WHERE roleid = to_regrole($2) AND member = to_regrole($1)
               AND set_option AND NOT inherit_option) AS granted`,
    [quote(appRole), SYSTEM_ROLE],
  )
  const [createSystem = '', grantSystem = ''] = systemRoleSql(appRole)
  return [
    ...(rows[0].app ? [] : [`CREATE ROLE ${quote(appRole)} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '...'`]),
    ...(rows[0].system ? [] : [createSystem]),
    ...(rows[0].granted ? [] : [grantSystem]),
  ]
}

/** Gives the app role its rights on every table there is now: in one commit, so that nobody ever sees too many. */
export async function grantAccess(owner: pg.Client, appRole: string): Promise<void> {
  const app = quote(appRole)
  const exceptions = [
    ...APPEND_ONLY.map((table) => `REVOKE UPDATE, DELETE ON public.${quote(table)} FROM ${app}`),
    ...KEPT.map((table) => `REVOKE DELETE ON public.${quote(table)} FROM ${app}`),
    ...READ_ONLY.map((table) => `REVOKE INSERT, UPDATE, DELETE ON public.${quote(table)} FROM ${app}`),
  ]
  const rights = ['public', 'pgboss'].flatMap((schema) => [
    `GRANT USAGE ON SCHEMA ${schema} TO ${app}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${app}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${app}`,
  ])
  // pg-boss may add tables to its own schema between two of our migrations
  const later = `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app}`
  await owner.query(['BEGIN', ...rights, later, ...exceptions, 'COMMIT'].join(';\n'))
}
