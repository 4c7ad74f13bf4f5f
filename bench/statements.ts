// What a piece of work asks of PostgreSQL, as the server's own log has it.
import type pg from 'pg'
import { sleep } from '#scripts/lib/process.ts'
import { withClient } from '#scripts/lib/roles.ts'

/** `statements` are without a transaction's own (BEGIN, the setting of who asks, COMMIT); `writes` counts transactions that wrote. */
export type Asked = { statements: string[]; own: number; writes: number }

/** Settings of a server whose log can be read by SQL. */
export const logSettings = {
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'statements.log',
  log_rotation_age: 0,
  log_rotation_size: 0,
  log_line_prefix: '\u0001%u ', // a statement may have many lines: each entry begins with a character that none has
}

const FILE = 'log/statements.log'
const OWN = /^(BEGIN|COMMIT|ROLLBACK|SET LOCAL|SELECT set_config\()/i
const LOGGED_WITHIN_MS = 300

/** Listens to what the app role asks while `work` is done once; nobody else may be at work meanwhile. */
export function askedBy(superuser: string, work: () => Promise<unknown>): Promise<Asked> {
  return withClient(superuser, async (client) => {
    await setLogging(client, 'all')
    const from = await lookAt(client)
    await work()
    await sleep(LOGGED_WITHIN_MS)
    const to = await lookAt(client)
    const { rows } = await client.query('SELECT pg_read_file($1, $2, $3) AS text', [
      FILE,
      from.size,
      to.size - from.size,
    ])
    await setLogging(client, 'none')
    const all = statementsIn(rows[0].text)
    const own = all.filter((text) => OWN.test(text))
    return { statements: all.filter((text) => !OWN.test(text)), own: own.length, writes: to.next - from.next }
  })
}

async function setLogging(client: pg.Client, what: 'all' | 'none'): Promise<void> {
  await client.query(`ALTER SYSTEM SET log_statement = '${what}'`)
  await client.query('SELECT pg_reload_conf()')
  await sleep(LOGGED_WITHIN_MS) // until every session has heard of it
}

/** How long the log is, and the transaction id that is given out next: one is given at a transaction's first write. */
async function lookAt(client: pg.Client): Promise<{ size: number; next: number }> {
  const { rows } = await client.query(
    'SELECT (pg_stat_file($1)).size::int AS size, pg_snapshot_xmax(pg_current_snapshot())::text AS next',
    [FILE],
  )
  return { size: rows[0].size, next: Number(rows[0].next) }
}

function statementsIn(log: string): string[] {
  return log.split('\u0001').flatMap((entry) => {
    const [, text] = /^plugboard_app LOG: {2}(?:statement|execute [^:]+): (.*)$/s.exec(entry) ?? []
    return text === undefined ? [] : [text.replace(/\s+/g, ' ').trim()]
  })
}
