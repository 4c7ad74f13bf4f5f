// What Settings -> Integrations reads, with ten connections in the table and with a hundred thousand.
import { type Child, startChild } from './child.ts'
import type { Floor } from './floor.ts'
import { databaseWith, FEW, MANY, watched } from './plant.ts'
import { atMost, type Row } from './report.ts'
import { sideBySide } from './rounds.ts'

const ROUNDS = 80
const MEMORY_ROUNDS = 6

/** Measures listProviders, each size in a database and a process of its own. */
export async function measureHub(floor: Floor): Promise<Row[]> {
  const [many, few] = [await readerOf(floor, MANY), await readerOf(floor, FEW)]
  const compared = await sideBySide(
    ROUNDS,
    async () => Number(await many.ask('time')),
    async () => Number(await few.ask('time')),
  )
  const statementsOf = async (child: Child): Promise<string[]> => JSON.parse(await child.ask('statements')).statements
  const [asked, askedOfFew] = [await statementsOf(many), await statementsOf(few)]
  const memory = await sideBySide(
    MEMORY_ROUNDS,
    () => memoryAfter(many),
    () => memoryAfter(few),
  )
  many.end()
  few.end()
  const more = asked.length - askedOfFew.length
  const what = `hub: ${MANY.toLocaleString('en')} connections in the table against ${FEW}`
  return [
    atMost('hub: SQL statements', asked.length, 4, '', { asked }),
    atMost(`${what}: more statements`, more, 0, '', { askedOfFew }),
    atMost(what, compared.ratio, 1.1, 'x', compared),
    atMost(`${what}: memory of the process that reads`, memory.ratio, 1.1, 'x', memory),
  ]
}

async function memoryAfter(child: Child): Promise<number> {
  await child.ask('time')
  return Number(await child.ask('memory'))
}

async function readerOf(floor: Floor, connections: number): Promise<Child> {
  const { app, superuser } = await databaseWith(floor, connections)
  const task = { session: watched.session, org: watched.slug, superuser }
  return startChild('bench/hub-process.ts', task, { ...floor.env, DATABASE_URL: app })
}
