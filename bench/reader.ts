// A reader's way to a fresh token: who may, the row, the seal opened. Against one indexed SELECT through the same door.
import { withConnection } from '#lib/connections/with-connection.ts'
import { Prisma, readAsOrg } from '#lib/platform/db.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import type { Floor } from './floor.ts'
import { atLeast, atMost, type Row } from './report.ts'
import { flood, median, sideBySide } from './rounds.ts'
import { askedBy } from './statements.ts'

const ROUNDS = 10
const READS = 400
const WIDTH = 10
/** Half the speed of a reader that has no seal to open and nobody to ask whether it may. */
const LEAST = 0.5

/** Measures the reader. */
export async function measureReader({ database }: Floor): Promise<Row[]> {
  const { owner } = await newOrganization()
  const { connection } = await connect(owner)
  if (!connection) throw new Error('the bench could not connect')
  const { actor } = owner
  // `work` does nothing: what is measured is how the token got there
  const read = () => withConnection(actor, connection.id, async (_api, used) => used.id)
  const one = Prisma.sql`SELECT status FROM "Connection" WHERE id = ${connection.id}::uuid`
  const bare = () => readAsOrg(actor, one)

  await read()
  const asked = await askedBy(database.superuser, read)
  const cpu: number[] = []
  const compared = await sideBySide(
    ROUNDS,
    async () => {
      const { perSecond, cpuMs } = await flood(READS, WIDTH, read)
      cpu.push(cpuMs)
      return perSecond
    },
    async () => (await flood(READS, WIDTH, bare)).perSecond,
  )
  return [
    atMost('reader: SQL statements besides the transaction’s own', asked.statements.length, 2, '', asked),
    atMost('reader: writes', asked.writes, 0),
    atMost('reader: processor time', median(cpu), 1.5, ' ms', { cpu }),
    atLeast(
      'reader: requests/s against one indexed SELECT through the same door',
      compared.ratio,
      LEAST,
      'x',
      compared,
    ),
  ]
}
