// A search over all connected sources, against each source alone, the sources as far away as real ones are.
import type { SourceAnswer } from '#lib/resources/schema.ts'
import { startSearch } from '#lib/resources/search-resources.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'
import { allowMeetings, connectSource, type SourceId } from '#tests/support/sources.ts'
import type { Floor } from './floor.ts'
import { atMost, type Row, told } from './report.ts'
import { sideBySide } from './rounds.ts'

const ROUNDS = 12
/** How long each source takes for a call; the first is the nearest, the last the farthest. */
const DELAYS_MS: Readonly<Record<SourceId, number>> = {
  openrouter: 150,
  notion: 180, // which is asked where pages are, one call after the other
  terraform: 250,
  zoom: 250,
  github: 300,
  jira: 350,
  confluence: 400,
  intercom: 410,
  'google-docs': 430,
  bitbucket: 440,
  sentry: 450,
  logrocket: 500,
  slack: 600,
}
const SOURCES = Object.keys(DELAYS_MS) as SourceId[] // its own keys
const [FASTEST, SLOWEST] = ['openrouter', 'slack'] as const // as const: two of the above
/** Every source has something that is called so. */
const QUERY = 'a'

/** An organization with these sources connected. */
async function organizationWith(sources: readonly SourceId[]): Promise<Actor> {
  const { owner } = await newOrganization()
  for (const source of sources) {
    const { id } = await connectSource(owner, source)
    if (source === 'zoom') await allowMeetings(owner.actor, id)
  }
  return owner.actor
}

type Times = { first: number; last: number }

/** When the first and the last of the connected sources had answered with something, in milliseconds. */
async function timesOf(actor: Actor, expected: number): Promise<Times> {
  const began = performance.now()
  const times: number[] = []
  const note = async (coming: Promise<SourceAnswer>) => {
    const { items } = await coming
    if (items.length > 0) times.push(performance.now() - began)
  }
  await Promise.all((await startSearch(actor, { q: QUERY })).map(note))
  if (times.length !== expected) throw new Error(`${times.length} of ${expected} sources found something`)
  return { first: Math.min(...times), last: Math.max(...times) }
}

/** Measures the whole search and its first results. */
export async function measureSearch({ env }: Floor): Promise<Row[]> {
  const { control } = sandboxClient(`http://127.0.0.1:${env.SANDBOX_PORT}`)
  const all = await organizationWith(SOURCES)
  const alone = { fastest: await organizationWith([FASTEST]), slowest: await organizationWith([SLOWEST]) }
  // what is measured is no limit of the providers'
  await control.set({ provider: 'slack', limits: { 'conversations.list': 10_000 } })
  await control.set({ provider: 'github', rateRemaining: { core: 5_000, search: 5_000 } })
  await control.set({ provider: 'notion', rate: { perSecond: 1_000, burst: 10_000 } })
  await control.set({ provider: 'sentry', rateLimit: { limit: 10_000, windowSeconds: 1 } })
  await control.faults(SOURCES.map((provider) => ({ provider, path: '/**', delayMs: DELAYS_MS[provider] })))
  const whole = await sideBySide(
    ROUNDS,
    async () => (await timesOf(all, SOURCES.length)).last,
    async () => (await timesOf(alone.slowest, 1)).last,
  )
  const first = await sideBySide(
    ROUNDS,
    async () => (await timesOf(all, SOURCES.length)).first,
    async () => (await timesOf(alone.fastest, 1)).first,
  )
  await control.clearFaults()
  return [
    atMost(`search: ${SOURCES.length} sources against the slowest of them alone`, whole.ratio, 1.1, 'x', whole),
    atMost('search: its first results against the fastest source alone', first.ratio, 1.2, 'x', first),
    told(
      'search: delays',
      Object.entries(DELAYS_MS)
        .map(([id, ms]) => `${id} ${ms} ms`)
        .join(', '),
    ),
  ]
}
