import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, problemIn, readLines, request } from '#lib/platform/client.ts'
import { Problem } from '#lib/platform/problem.ts'
import type { ActivityList } from './activity-schema.ts'
import type { ProviderPatch } from './config-schema.ts'
import type { FirstRunChange, FirstRunView } from './first-run-schema.ts'
import type { DisconnectedView, ImpactView, LeaveLine, LeaveStep } from './leave-schema.ts'
import type { RequestDecision, RequestView } from './request-schema.ts'
import type { ConnectionView, ProviderList, ProviderView } from './schema.ts'
import type { NewConnection, NewCredential, TestLine, TestStep } from './secret-schema.ts'

const STATUSES_POLLED_EVERY_MS = 30_000
/** While something was just begun whose end is worth waiting for. */
const READING_POLLED_EVERY_MS = 2_000

const LINES = 'application/x-ndjson'

/** The end of an answer of JSON lines: what `read` finds in the last of them. Throws it where it is a Problem. */
async function endOf<T>({ body }: Response, read: (line: unknown) => T | Problem | undefined): Promise<T> {
  let ended: T | Problem = new Problem('unexpected', 'Plugboard stopped answering. Try again.')
  if (body)
    await readLines(body, (line) => {
      ended = read(line) ?? ended
    })
  if (ended instanceof Problem) throw ended
  return ended
}

const orgPath = (org: string): string => `/api/v1/orgs/${org}`
const connectionPath = (org: string, id: string): string => `${orgPath(org)}/connections/${id}`

/** Everything that shows how providers stand; what changes one of them makes all of it stale. */
export const standingsOf = (org: string) => ['integrations', org] as const

/** Whether a plan has not been read yet, which takes a moment after a connect. */
const isReading = (provider: ProviderView): boolean =>
  provider.slots.some(({ status, connection }) => status === 'connected' && connection?.plan === null)

/** The 13, asked again every half minute while the page is visible. */
export const providersOf = (org: string) =>
  queryOptions({
    queryKey: [...standingsOf(org), 'all'] as const,
    queryFn: ({ signal }) => ask<ProviderList>(`${orgPath(org)}/integrations`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.items.some(isReading) ? READING_POLLED_EVERY_MS : STATUSES_POLLED_EVERY_MS,
    refetchIntervalInBackground: false,
  })

/** One of the 13, asked again every half minute while the page is visible. */
export const providerOf = (org: string, provider: string) =>
  queryOptions({
    queryKey: [...standingsOf(org), 'one', provider] as const,
    queryFn: ({ signal }) => ask<ProviderView>(`${orgPath(org)}/integrations/${provider}`, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data && isReading(data) ? READING_POLLED_EVERY_MS : STATUSES_POLLED_EVERY_MS,
    refetchIntervalInBackground: false,
  })

/** Asks the provider now how a connection stands. */
export const verifyConnection = (org: string, id: string): Promise<ConnectionView> =>
  ask<ConnectionView>(`${connectionPath(org, id)}/verify`, { method: 'POST' })

/** Verifies the organization's access to a provider that is not connected by a consent of its own. */
export const verifyAccess = (org: string, provider: string): Promise<ConnectionView> =>
  ask<ConnectionView>(`${orgPath(org)}/connections`, {
    method: 'POST',
    body: { provider, slot: 'organization', method: 'verified', fields: {} },
  })

/** Does without a provider that the site has no subscription for. */
export const skipProvider = (org: string, id: string): Promise<ConnectionView> =>
  ask<ConnectionView>(`${connectionPath(org, id)}/skip`, { method: 'POST' })

/** What disconnecting would touch, or taking another account. */
export const readImpact = (org: string, id: string, signal: AbortSignal): Promise<ImpactView> =>
  ask<ImpactView>(`${connectionPath(org, id)}/impact`, { signal })

/** The same, counted anew each time it is asked. */
export const impactOf = (org: string, id: string) =>
  queryOptions({
    queryKey: ['impact', org, id] as const,
    queryFn: ({ signal }) => readImpact(org, id, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/**
 * Disconnects; `force` clears it here without asking the provider. `onStep` hears of each thing that is done, as it is done.
 */
export async function disconnect(
  org: string,
  id: string,
  { force = false, onStep }: { force?: boolean; onStep?: (step: LeaveStep) => void } = {},
): Promise<DisconnectedView> {
  const asking = { method: 'DELETE', headers: { accept: LINES } } as const // as const: the name of a method
  const response = await request(`${connectionPath(org, id)}${force ? '?force=true' : ''}`, asking)
  return endOf<DisconnectedView>(response, (told) => {
    const line = told as LeaveLine // our own route has parsed it
    if ('ended' in line) onStep?.(line)
    else return 'problem' in line ? problemIn(line.problem) : line
  })
}

/** Turns a provider on or off, or says who may connect it for everyone. */
export const configure = (org: string, provider: string, body: ProviderPatch): Promise<ProviderView> =>
  ask<ProviderView>(`${orgPath(org)}/integrations/${provider}`, { method: 'PATCH', body })

/** What happened at a provider, a page at a time, newest first. */
export const activityOf = (org: string, provider: string, level?: 'problem') =>
  infiniteQueryOptions({
    queryKey: ['activity', org, provider, level ?? 'all'] as const,
    queryFn: ({ pageParam, signal }) => {
      const fields = new URLSearchParams({ ...(level ? { level } : {}), ...(pageParam ? { cursor: pageParam } : {}) })
      return ask<ActivityList>(`${orgPath(org)}/integrations/${provider}/activity?${fields}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** The person's first steps in an organization. */
export const firstRunOf = (org: string) =>
  queryOptions({
    queryKey: ['first-run', org] as const,
    queryFn: ({ signal }) => ask<FirstRunView>(`${orgPath(org)}/first-run`, { signal }),
  })

/** Notes what the person saw, or how they want their first steps shown. */
export const noteFirstRun = (org: string, body: FirstRunChange): Promise<FirstRunView> =>
  ask<FirstRunView>(`${orgPath(org)}/first-run`, { method: 'PATCH', body })

/** How a test ended well: what stands now, what was tried, and what the key allows that nobody needs. */
export type TestedKey = Extract<TestLine, { connection: unknown }>
/** `onStep` hears of each step as it ends, and of how many there are. */
export type WatchingTest = { signal: AbortSignal; onStep: (step: TestStep, of: number) => void }

/** Sends a key to be tested and, if it passes, kept. Throws the Problem of one that is not kept. */
async function sendKey(
  path: string,
  method: 'POST' | 'PUT',
  body: unknown,
  watching: WatchingTest,
): Promise<TestedKey> {
  const { signal, onStep } = watching
  const response = await request(path, { method, body, headers: { accept: LINES }, signal })
  return endOf<TestedKey>(response, (told) => {
    const line = told as TestLine // our own route has parsed it
    if ('step' in line) onStep(line.step, line.of)
    else return 'problem' in line ? problemIn(line.problem) : line
  })
}

/** Connects with a key that somebody pasted. */
export const connectWithKey = (org: string, body: NewConnection, watching: WatchingTest): Promise<TestedKey> =>
  sendKey(`${orgPath(org)}/connections`, 'POST', body, watching)

/** Puts another key in the place of the one that serves. */
export const replaceKey = (org: string, id: string, body: NewCredential, watching: WatchingTest): Promise<TestedKey> =>
  sendKey(`${connectionPath(org, id)}/credential`, 'PUT', body, watching)

/** Notes that somebody has revoked the replaced key at the provider; we cannot see that ourselves. */
export async function noteOldRevoked(org: string, id: string): Promise<void> {
  await request(`${connectionPath(org, id)}/credential/old-revoked`, { method: 'POST' })
}

const requestsPath = (org: string): string => `${orgPath(org)}/connection-requests`

/** Asks the owners and admins to connect a provider for everyone. */
export const requestConnection = (org: string, provider: string, reason: string): Promise<RequestView> =>
  ask<RequestView>(requestsPath(org), { method: 'POST', body: { provider, reason } })

/** Approves or declines what a member asked for. */
export const decideRequest = (org: string, id: string, body: RequestDecision): Promise<RequestView> =>
  ask<RequestView>(`${requestsPath(org)}/${id}`, { method: 'PATCH', body })
