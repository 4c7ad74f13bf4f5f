import { queryOptions } from '@tanstack/react-query'
import { ask, request } from '#lib/platform/client.ts'
import { fieldProblem } from '#lib/platform/problem.ts'
import type { ApiTokenInput, ApiTokenList, ApiTokenMade, ApiTokenRoll } from './schema.ts'

const tokensPath = (org: string): string => `/api/v1/orgs/${org}/api-tokens`

/** The API tokens that the viewer sees. */
export const tokensOf = (org: string) =>
  queryOptions({
    queryKey: ['api-tokens', org] as const,
    queryFn: async ({ signal }) => (await ask<ApiTokenList>(tokensPath(org), { signal })).items,
  })

/** Makes a token; its value is in this answer and nowhere else. */
export const createToken = (org: string, body: ApiTokenInput) =>
  ask<ApiTokenMade>(tokensPath(org), { method: 'POST', body })

/** Gives a token another value, told in this answer only. */
export const rollToken = (org: string, id: string, body: ApiTokenRoll) =>
  ask<ApiTokenMade>(`${tokensPath(org)}/${id}/roll`, { method: 'POST', body })

/** Ends a token at once. */
export const revokeToken = (org: string, id: string) => request(`${tokensPath(org)}/${id}`, { method: 'DELETE' })

/** What is said of a last day that is none; the API would ask for a moment. */
export const noDay = () => fieldProblem('expiresAt', 'Last day has to be a day like 2026-12-31.')
