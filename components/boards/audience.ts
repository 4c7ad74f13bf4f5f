import type { ResourceView } from '#lib/resources/schema.ts'
import { titleOf } from './cards/body.ts'
import type { Source } from './sources.ts'

/**
 * What adding a private thing lets everybody on the board do, where they read through the organization's connection; null
 * where each person's own account decides.
 */
export function audienceText(
  resource: ResourceView | undefined,
  sources: readonly Source[],
  organization: string,
): string | null {
  if (!resource?.isPrivate) return null
  const source = sources.find(({ id }) => id === resource.provider)
  if (source?.slot.slot !== 'organization') return null
  const what = resource.container ?? titleOf(resource)
  return `Everyone in ${organization} who can open this board will be able to read ${what}`
}
