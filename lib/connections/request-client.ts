import { ask } from '#lib/platform/client.ts'
import type { RequestDecision, RequestView } from './request-schema.ts'

const pathOf = (org: string): string => `/api/v1/orgs/${org}/connection-requests`

/** Asks the owners and admins to connect a provider for everyone. */
export const requestConnection = (org: string, provider: string, reason: string): Promise<RequestView> =>
  ask<RequestView>(pathOf(org), { method: 'POST', body: { provider, reason } })

/** Approves or declines what a member asked for. */
export const decideRequest = (org: string, id: string, body: RequestDecision): Promise<RequestView> =>
  ask<RequestView>(`${pathOf(org)}/${id}`, { method: 'PATCH', body })
