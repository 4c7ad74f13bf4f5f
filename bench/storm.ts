// A thousand readers in three processes want what hangs on one grant whose token has ended, against one reader who is alone:
// at GitHub, and at Atlassian, whose refresh token works once and whose one grant is behind two connections.
import { connectBoth } from '#tests/support/atlassian.ts'
import { connect, newOrganization, type TestOrganization } from '#tests/support/organization.ts'
import { type SandboxClient, sandboxClient } from '#tests/support/sandbox.ts'
import { type Child, startChild } from './child.ts'
import type { Floor } from './floor.ts'
import { atLeast, atMost, digits, type Row, told } from './report.ts'
import { sideBySide } from './rounds.ts'

const READERS = 1000
const ROUNDS = 4
/** Long enough for a thousand to arrive on two processors while the call is under way. */
const TOKEN_CALL_MS = 1000
const LATER_MS = 100

/** A provider in a storm: where it trades a refresh token in, and how its one grant comes about. */
type Weather = {
  name: string
  provider: string
  tokenPath: string
  settings: object
  lifeSeconds: number
  connectAll: (owner: TestOrganization['owner']) => Promise<string[]>
}

const github: Weather = {
  name: 'refresh storm',
  provider: 'github',
  tokenPath: '/github-web/login/oauth/access_token',
  settings: { expiringTokens: true },
  lifeSeconds: 28_800,
  connectAll: async (owner) => {
    const { connection } = await connect(owner)
    return connection ? [connection.id] : []
  },
}
const atlassian: Weather = {
  name: 'refresh storm, single-use refresh token, two connections',
  provider: 'jira',
  tokenPath: '/atlassian-auth/oauth/token',
  settings: {},
  lifeSeconds: 3600,
  connectAll: async (owner) => {
    const { jira, confluence } = await connectBoth(owner)
    return [jira, confluence]
  },
}

type Outcome = { good: number; failures: string[]; slowestMs: number }
type Field = { sandbox: SandboxClient; processes: Child[] }

/** Measures the storm. */
export async function measureStorm({ env }: Floor): Promise<Row[]> {
  const sandbox = sandboxClient(`http://127.0.0.1:${env.SANDBOX_PORT}`)
  const processes = await Promise.all([1, 2, 3].map(() => startChild('bench/storm-process.ts', {}, env)))
  const rows = [
    ...(await measureWeather({ sandbox, processes }, github)),
    ...(await measureWeather({ sandbox, processes }, atlassian)),
  ]
  for (const one of processes) one.end()
  await sandbox.control.clearFaults()
  return rows
}

async function measureWeather({ sandbox, processes }: Field, weather: Weather): Promise<Row[]> {
  const tokenCalls: number[] = []
  const refusals = new Set<string>()
  const slowestOf = async (readers: number, asked: Child[], isFresh = false) => {
    const outcomes = await storm(sandbox, weather, { readers, asked, isFresh })
    const calls = (await sandbox.control.log()).filter(({ path }) => path === weather.tokenPath).length
    if (!isFresh) tokenCalls.push(calls)
    else if (calls > 0) refusals.add('a fresh token was renewed')
    for (const { failures } of outcomes) for (const failure of failures) refusals.add(failure)
    if (outcomes.reduce((sum, { good }) => sum + good, 0) !== readers) refusals.add('not all were answered')
    return Math.max(...outcomes.map(({ slowestMs }) => slowestMs))
  }
  const all = () => slowestOf(READERS, processes)
  const compared = await sideBySide(ROUNDS, all, () => slowestOf(1, processes.slice(0, 1)))
  const calm = await sideBySide(ROUNDS, all, async () => TOKEN_CALL_MS + (await slowestOf(READERS, processes, true)))
  const later = compared.ours - compared.other
  const how = `the slowest after a reader who is alone (${digits(compared.other)} ms)`
  const { name } = weather
  return [
    atMost(`${name}: most token calls for ${READERS} readers in 3 processes`, Math.max(...tokenCalls), 1),
    atLeast(`${name}: fewest`, Math.min(...tokenCalls), 1),
    atMost(`${name}: readers without an answer`, refusals.size, 0, '', [...refusals]),
    atMost(`${name}: ${how}`, later, LATER_MS, ' ms', compared),
    told(`${name}: against the token call, then a fresh token for as many`, `${digits(calm.ratio)}x`, calm),
  ]
}

/** A new organization whose token has ended, or lives on, and its readers; the token call takes its time. */
async function storm(
  { control }: SandboxClient,
  { provider, tokenPath, settings, lifeSeconds, connectAll }: Weather,
  { readers, asked, isFresh }: { readers: number; asked: Child[]; isFresh: boolean },
): Promise<Outcome[]> {
  const { owner, slug } = await newOrganization()
  await control.set({ provider, ...settings, tokenSeconds: isFresh ? lifeSeconds : 1 })
  const connections = await connectAll(owner)
  await control.set({ provider, tokenSeconds: lifeSeconds })
  if (!isFresh) await new Promise((resolve) => setTimeout(resolve, 1100))
  await control.clearFaults()
  await control.faults([{ provider, path: tokenPath, delayMs: TOKEN_CALL_MS }])
  await control.clearLog()
  const task = {
    session: owner.person.sessionToken,
    org: slug,
    connections,
    readers: Math.ceil(readers / asked.length),
  }
  for (const [n, child] of asked.entries()) {
    const share = n === asked.length - 1 ? readers - task.readers * n : task.readers
    await child.ask(JSON.stringify({ ...task, readers: share }))
  }
  const answers = await Promise.all(asked.map((child) => child.ask('go')))
  return answers.map((answer) => JSON.parse(answer))
}
