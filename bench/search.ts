// A search over all connected sources, against each source alone, the sources as far away as real ones are.
import { providers } from '#lib/providers/registry.ts'
import type { SourceAnswer } from '#lib/resources/schema.ts'
import { startSearch } from '#lib/resources/search-resources.ts'
import type { Actor } from '#lib/tenancy/actor.ts'
import { sleep } from '#scripts/lib/process.ts'
import { newOrganization } from '#tests/support/organization.ts'
import { sandboxClient } from '#tests/support/sandbox.ts'
import { allowMeetings, connectSource, type SourceId, sourceIds } from '#tests/support/sources.ts'
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
const [FASTEST, SLOWEST, DEAD] = ['openrouter', 'slack', 'github'] as const // as const: three of the above
const NEVER_MS = 60_000
/** Searched in a list that is kept between searches: its answer is no measure of how soon the first results come. */
const KEPT: SourceId = 'zoom'
/** Between two searches: LogRocket is asked once a second at most. */
const PAUSE_MS = 1000
const QUERY = 'a'

/** Those that are asked while somebody types. */
const SOURCES = sourceIds.filter((id) =>
  providers.some((one) => one.id === id && one.readers.some(({ search, searchOnDemand }) => search && !searchOnDemand)),
)

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

/** When the first of these sources had found something, and when the last had answered, in milliseconds. */
async function timesOf(actor: Actor, sources: readonly SourceId[]): Promise<Times> {
  await sleep(PAUSE_MS)
  const began = performance.now()
  const ending = new AbortController()
  const answered: { provider: string; at: number; found: number }[] = []
  const note = async (coming: Promise<SourceAnswer>) => {
    const { provider, state, items } = await coming
    if (state !== 'ok') throw new Error(`${provider} did not answer: ${state}`)
    answered.push({ provider, at: performance.now() - began, found: items.length })
  }
  const coming = await startSearch(actor, { q: QUERY }, { signal: ending.signal })
  const asked = providers.filter(({ readers }) =>
    readers.some(({ search, searchOnDemand }) => search && !searchOnDemand),
  )
  await Promise.all(coming.filter((_, at) => sources.some((id) => id === asked[at]?.id)).map(note))
  ending.abort() // whoever still has not answered is not waited for
  if (answered.length !== sources.length) throw new Error(`${answered.length} of ${sources.length} sources answered`)
  const finders = answered.filter(({ provider, found }) => found > 0 && provider !== KEPT)
  return { first: Math.min(...finders.map(({ at }) => at)), last: Math.max(...answered.map(({ at }) => at)) }
}

/** Measures the whole search, its first results, and what a source costs that never answers. */
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
    async () => (await timesOf(all, SOURCES)).last,
    async () => (await timesOf(alone.slowest, [SLOWEST])).last,
  )
  const first = await sideBySide(
    ROUNDS,
    async () => (await timesOf(all, SOURCES)).first,
    async () => (await timesOf(alone.fastest, [FASTEST])).first,
  )
  const living = SOURCES.filter((id) => id !== DEAD)
  await control.clearFaults()
  await control.faults(
    SOURCES.map((provider) => ({ provider, path: '/**', delayMs: provider === DEAD ? NEVER_MS : DELAYS_MS[provider] })),
  )
  const dead = await sideBySide(
    ROUNDS,
    async () => (await timesOf(all, living)).last,
    async () => (await timesOf(alone.slowest, [SLOWEST])).last,
  )
  await control.clearFaults()
  return [
    atMost(`search: ${SOURCES.length} sources against the slowest of them alone`, whole.ratio, 1.1, 'x', whole),
    atMost('search: its first results against the fastest source alone', first.ratio, 1.2, 'x', first),
    atMost(
      'search: with a source that never answers, the others against the slowest of them',
      dead.ratio,
      1.1,
      'x',
      dead,
    ),
    told('search: delays', SOURCES.map((id) => `${id} ${DELAYS_MS[id]} ms`).join(', ')),
  ]
}
