import { queryOptions } from '@tanstack/react-query'
import { standingsOf } from '#lib/connections/client.ts'
import { ask } from '#lib/platform/client.ts'
import type { LeavingView, PeopleView, RemindedView } from './schema.ts'

const peoplePath = (org: string, provider: string): string => `/api/v1/orgs/${org}/integrations/${provider}/people`

/** How the members' own accounts at a provider stand; stale with every other standing. */
export const peopleOf = (org: string, provider: string) =>
  queryOptions({
    queryKey: [...standingsOf(org), 'people', provider] as const,
    queryFn: ({ signal }) => ask<PeopleView>(peoplePath(org, provider), { signal }),
  })

/** Asks those who have not connected their account to do so. */
export const remind = (org: string, provider: string): Promise<RemindedView> =>
  ask<RemindedView>(`${peoplePath(org, provider)}/reminders`, { method: 'POST', body: {} })

/** What a member's leaving would touch; counted anew each time it is asked. */
export const leavingOf = (org: string, member: string) =>
  queryOptions({
    queryKey: ['leaving', org, member] as const,
    queryFn: ({ signal }) => ask<LeavingView>(`/api/v1/orgs/${org}/members/${member}/leaving`, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
