import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, problemOf, readLines, request } from '#lib/platform/client.ts'
import type {
  ReportView,
  ResourceList,
  ResourceQuery,
  ResourceView,
  SearchQuery,
  SourceAnswer,
  SwitchesPatch,
  SwitchList,
} from './schema.ts'

const queryOf = (fields: Record<string, string | undefined>): string =>
  new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()

/** Every level of every source, as they were listed last. */
export const allResourcesOf = (org: string) => ['resources', org] as const

/**
 * One level of a source, to walk into: a repository's directories, a directory's files. Live, so kept for a minute only.
 * `tries`: how often somebody has asked to try again.
 */
export const resourcesOf = (org: string, connection: string, query: ResourceQuery, tries = 0) =>
  queryOptions({
    queryKey: [...allResourcesOf(org), connection, query, tries] as const,
    queryFn: ({ signal }) =>
      ask<ResourceList>(`/api/v1/orgs/${org}/connections/${connection}/resources?${queryOf(query)}`, { signal }),
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })

/**
 * Searches every source the person reads through and hands over each one's answer as it arrives. Ends when all have
 * answered; aborting `signal` ends it early and throws. Throws Problem.
 */
export async function search(
  org: string,
  query: SearchQuery,
  { signal, onAnswer }: { signal: AbortSignal; onAnswer: (answer: SourceAnswer) => void },
): Promise<void> {
  const response = await request(`/api/v1/orgs/${org}/search?${queryOf(query)}`, {
    signal,
    headers: { accept: 'application/x-ndjson' },
  })
  if (!response.body) return
  // each line was parsed by the route, as all that ask() returns
  await readLines(response.body, (line) => onAnswer(line as SourceAnswer))
}

/** The names of one kind of what a connection reaches, a page at a time. */
export const namesOf = (org: string, connection: string, kind: string) =>
  infiniteQueryOptions({
    queryKey: ['names', org, connection, kind] as const,
    queryFn: ({ pageParam, signal }) =>
      ask<ResourceList>(`${connectionPath(org, connection)}/resources?${queryOf({ kind, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 60_000,
    retry: false,
  })

const connectionPath = (org: string, connection: string): string => `/api/v1/orgs/${org}/connections/${connection}`

/** Every list of a connection's containers, whatever was searched in them. */
export const allContainersOf = (org: string, connection: string) => ['containers', org, connection] as const

/** The containers of a connection with their switches; a long list comes a page at a time and is searched by the server. */
export const containersOf = (org: string, connection: string, kind: string, q: string) =>
  infiniteQueryOptions({
    queryKey: [...allContainersOf(org, connection), kind, q] as const,
    queryFn: ({ pageParam, signal }) => {
      const query = queryOf({ switches: '1', kind, q, cursor: pageParam })
      return ask<ResourceList>(`${connectionPath(org, connection)}/resources?${query}`, { signal })
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 60_000,
    retry: false,
  })

/** Allows containers on boards, or takes them off; tells what stayed as it was. */
export const shareContainers = (org: string, connection: string, patch: SwitchesPatch): Promise<SwitchList> =>
  ask<SwitchList>(`${connectionPath(org, connection)}/resources`, { method: 'PATCH', body: patch })

type About = Pick<ResourceView, 'connectionId' | 'kind' | 'id'>

const reportsPath = (org: string, { connectionId, kind, id }: About): string =>
  `${connectionPath(org, connectionId)}/resources/${kind}/${id}/reports`

/** Asks a provider for a report about a thing. Throws Problem. */
export const orderReport = (org: string, about: About, fields: Readonly<Record<string, string>>): Promise<ReportView> =>
  ask<ReportView>(reportsPath(org, about), { method: 'POST', body: { fields } })

/** What somebody asked for: its id at the provider, and when that was, in epoch milliseconds. */
export type Ordered = { id: string; at: number }

/** What is known of it, and when that was learned. */
type Seen = {
  data: ReportView | undefined
  error: unknown
  dataUpdatedAt: number
  errorUpdatedAt: number
}

/** `stopped`: nobody looks any more by itself, but what was asked for may be there. Only `failed` is the provider's own word. */
export type ReportStanding = ReportView['state'] | 'stopped'

/** A report takes one to three minutes. */
const LONGEST_MS = 10 * 60_000

/** Whether another look meets the same: it was refused, and not because of a fault or a limit that passes. */
function isFinal(error: unknown): boolean {
  const { kind, status } = problemOf(error)
  return kind === 'provider-refused' || (status >= 400 && status < 500 && kind !== 'too-many-requests')
}

/** How what was asked for stands, after the last look at it. */
export function standingOf(at: number, { data, error, dataUpdatedAt, errorUpdatedAt }: Seen): ReportStanding {
  if (data && data.state !== 'pending') return data.state
  const isLate = Math.max(dataUpdatedAt, errorUpdatedAt) - at > LONGEST_MS
  return isLate || (error && isFinal(error)) ? 'stopped' : 'pending'
}

const REPORT_LOOK_MS = 5_000

/** A report that was asked for, looked at again until it is there or another look would tell nothing new. */
export const reportOf = (org: string, about: About, { id, at }: Ordered) =>
  queryOptions({
    queryKey: ['report', org, about.connectionId, about.kind, about.id, id] as const,
    queryFn: ({ signal }) => ask<ReportView>(`${reportsPath(org, about)}/${id}`, { signal }),
    refetchInterval: ({ state }) => (standingOf(at, state) === 'pending' ? REPORT_LOOK_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
