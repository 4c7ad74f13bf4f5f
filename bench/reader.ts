// A reader's way to a fresh token: who may, the row, the seal opened. Against one indexed SELECT through the same door.
import { withConnection } from '#lib/connections/with-connection.ts'
import { Prisma, readAsOrg } from '#lib/platform/db.ts'
import { connect, newOrganization } from '#tests/support/organization.ts'
import type { Floor } from './floor.ts'
import { atLeast, atMost, digits, type Row, told } from './report.ts'
import { flood, median, sideBySide } from './rounds.ts'
import { askedBy } from './statements.ts'

const ROUNDS = 20
const READS = 200
/** Each reads through a connection of its own: the same one, at the same moment, would be read once for all. */
const READERS = 10
const MOST_MS = 1.5
/** The strongest open product of this kind takes five milliseconds of a processor for a read: five times as many as that. */
const LEAST_PER_SECOND = 1000

/** Measures the reader. */
export async function measureReader({ database }: Floor): Promise<Row[]> {
  const lanes = await Promise.all(Array.from({ length: READERS }, newLane))
  const [first] = lanes
  if (!first) throw new Error('nobody reads')
  const [reads, selects] = [lanes.map(({ read }) => read), lanes.map(({ bare }) => bare)]
  await first.read() // the first of a minute notes the use
  const asked = await askedBy(database.superuser, first.read)
  const cpu: number[] = []
  const compared = await sideBySide(
    ROUNDS,
    async () => {
      const { perSecond, cpuMs } = await flood(READS, reads)
      cpu.push(cpuMs)
      return perSecond
    },
    async () => (await flood(READS, selects)).perSecond,
  )
  const cpuMs = median(cpu)
  return [
    atMost('reader: SQL statements besides the transaction’s own', asked.statements.length, 2, '', asked),
    atMost('reader: writes, after the first of a minute, which notes the use', asked.writes, 0),
    atMost('reader: processor time', cpuMs, MOST_MS, ' ms', { cpu }),
    atLeast('reader: reads for a second of one processor', 1000 / cpuMs, LEAST_PER_SECOND),
    told(
      'reader: reads/s against one indexed SELECT through the same door',
      `${digits(compared.ratio)}x (${digits(compared.ours)} : ${digits(compared.other)})`,
      compared,
    ),
  ]
}

async function newLane() {
  const { owner } = await newOrganization()
  const { connection } = await connect(owner)
  if (!connection) throw new Error('the bench could not connect')
  const { actor } = owner
  const one = Prisma.sql`SELECT status FROM "Connection" WHERE id = ${connection.id}::uuid`
  return {
    // the work does nothing: what is measured is how the token got there
    read: () => withConnection(actor, connection.id, async (_api, used) => used.id),
    bare: () => readAsOrg(actor, one),
  }
}
