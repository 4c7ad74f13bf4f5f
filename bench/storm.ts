// A thousand readers in three processes want one connection whose token has ended, against one reader who is alone.
import { connect, newOrganization } from '#tests/support/organization.ts'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'
import { type Child, startChild } from './child.ts'
import type { Floor } from './floor.ts'
import { atMost, digits, type Row } from './report.ts'
import { sideBySide } from './rounds.ts'

const READERS = 1000
const ROUNDS = 4
const TOKEN_PATH = '/github-web/login/oauth/access_token'
/** Long enough for a thousand to arrive on two processors while the call is under way. */
const TOKEN_CALL_MS = 1000
const LATER_MS = 100

type Outcome = { good: number; failures: string[]; slowestMs: number }

/** Measures the storm. */
export async function measureStorm({ env }: Floor): Promise<Row[]> {
  const sandbox = sandboxClient(`http://127.0.0.1:${env.SANDBOX_PORT}`)
  const processes = await Promise.all([1, 2, 3].map(() => startChild('bench/storm-process.ts', {}, env)))
  const tokenCalls: number[] = []
  const refusals = new Set<string>()
  const slowestOf = async (readers: number, asked: Child[]) => {
    const outcomes = await storm(sandbox, readers, asked)
    tokenCalls.push((await sandbox.control.log()).filter(({ path }) => path === TOKEN_PATH).length)
    for (const { failures } of outcomes) for (const failure of failures) refusals.add(failure)
    if (outcomes.reduce((sum, { good }) => sum + good, 0) !== readers) refusals.add('not all were answered')
    return Math.max(...outcomes.map(({ slowestMs }) => slowestMs))
  }
  const compared = await sideBySide(
    ROUNDS,
    () => slowestOf(READERS, processes),
    () => slowestOf(1, processes.slice(0, 1)),
  )
  for (const one of processes) one.end()
  await sandbox.control.clearFaults()
  const later = compared.ours - compared.other
  const how = `the slowest after a reader who is alone (${digits(compared.other)} ms)`
  return [
    atMost(`refresh storm: token calls for ${READERS} readers in 3 processes`, Math.max(...tokenCalls), 1),
    atMost('refresh storm: readers without an answer', refusals.size, 0, '', [...refusals]),
    atMost(`refresh storm: ${how}`, later, LATER_MS, ' ms', compared),
  ]
}

async function storm({ control }: SandboxClient, readers: number, asked: Child[]): Promise<Outcome[]> {
  const { owner, slug } = await newOrganization()
  await control.set({ provider: 'github', expiringTokens: true, tokenSeconds: 1 })
  const { connection } = await connect(owner)
  await control.set({ provider: 'github', tokenSeconds: 28_800 })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await control.clearFaults()
  await control.faults([{ provider: 'github', path: TOKEN_PATH, delayMs: TOKEN_CALL_MS }])
  await control.clearLog()
  const task = {
    session: owner.person.sessionToken,
    org: slug,
    connection: connection?.id,
    readers: Math.ceil(readers / asked.length),
  }
  for (const [n, child] of asked.entries()) {
    const share = n === asked.length - 1 ? readers - task.readers * n : task.readers
    await child.ask(JSON.stringify({ ...task, readers: share }))
  }
  const answers = await Promise.all(asked.map((child) => child.ask('go')))
  return answers.map((answer) => JSON.parse(answer))
}
