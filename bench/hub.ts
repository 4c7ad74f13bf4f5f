// What Settings -> Integrations reads, with ten connections in the table and with a hundred thousand.
import { type Child, startChild } from './child.ts'
import type { Floor } from './floor.ts'
import { databaseWith, FEW, MANY, watched } from './plant.ts'
import { atMost, type Row } from './report.ts'
import { sideBySide } from './rounds.ts'

const ROUNDS = 80

/** Measures listProviders, each size in a database and a process of its own. */
export async function measureHub(floor: Floor): Promise<Row[]> {
  const [many, few] = [await readerOf(floor, MANY), await readerOf(floor, FEW)]
  const compared = await sideBySide(
    ROUNDS,
    async () => Number(await many.ask('time')),
    async () => Number(await few.ask('time')),
  )
  const asked: { statements: string[] } = JSON.parse(await many.ask('statements'))
  many.end()
  few.end()
  const what = `hub: ${MANY.toLocaleString('en')} connections in the table against ${FEW}`
  return [
    atMost('hub: SQL statements', asked.statements.length, 4, '', asked),
    atMost(what, compared.ratio, 1.1, 'x', compared),
  ]
}

async function readerOf(floor: Floor, connections: number): Promise<Child> {
  const { app, superuser } = await databaseWith(floor, connections)
  const task = { session: watched.session, org: watched.slug, superuser }
  return startChild('bench/hub-process.ts', task, { ...floor.env, DATABASE_URL: app })
}
