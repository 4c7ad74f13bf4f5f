import { queryOptions } from '@tanstack/react-query'
import { standingsOf } from '#lib/connections/client.ts'
import { ask, request } from '#lib/platform/client.ts'
import type { RotationPolicy, RotationRegister } from './schema.ts'

const orgPath = (org: string): string => `/api/v1/orgs/${org}`

/** The register; what changes how a provider stands makes it stale too. */
export const rotationOf = (org: string) =>
  queryOptions({
    queryKey: [...standingsOf(org), 'rotation'] as const,
    queryFn: ({ signal }) => ask<RotationRegister>(`${orgPath(org)}/rotation`, { signal }),
  })

/** Says how old a credential may get that does not renew itself. */
export const changeRotation = (org: string, body: RotationPolicy): Promise<RotationRegister> =>
  ask<RotationRegister>(`${orgPath(org)}/rotation`, { method: 'PATCH', body })

/** Notes that others may know a connection's credential. */
export async function suspectLeak(org: string, connection: string): Promise<void> {
  await request(`${orgPath(org)}/connections/${connection}/credential/leak-suspected`, { method: 'POST' })
}
