import type { ResourceView } from '#lib/resources/schema.ts'

const KEPT = 5

/** What this page added last, to be added again elsewhere. In memory only: titles are not left on the machine. */
let recent: readonly ResourceView[] = []

export const recentResources = (): readonly ResourceView[] => recent

const isSame = (one: ResourceView, other: ResourceView): boolean =>
  one.provider === other.provider && one.kind === other.kind && one.id === other.id

export function remember(resource: ResourceView): void {
  const others = recent.filter((one) => !isSame(one, resource))
  recent = [resource, ...others].slice(0, KEPT)
}
