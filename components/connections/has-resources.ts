import type { ProviderView } from '#lib/connections/schema.ts'

/** Whether there is a page of what a provider's organization connection reaches: to be switched for boards, or to be seen. */
export const hasResources = ({ sharing, slots, kinds }: ProviderView): boolean =>
  sharing !== undefined || (slots.length > 1 && kinds.some(({ isContainer }) => isContainer))
