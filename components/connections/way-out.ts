import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { isKeyMethod } from './key-words.ts'

/** How a connection ends at its provider: whether we ask for that, the page where a person does it, and how. */
export type WayOut = { revokes: boolean; by: string; steps: readonly string[] }

const addressOf = (url: string): string => url.replace(/^https?:\/\//, '')

/** The way out of what stands in a slot: a key that somebody made is theirs to delete, where they made it. */
export function wayOut({ leave }: Pick<ProviderView, 'leave'>, { methods, connection }: SlotView): WayOut {
  const method = methods.find(({ id }) => id === connection?.method)
  const isKey = method !== undefined && isKeyMethod(method)
  if (!isKey || !leave.revokes) return { ...leave, revokes: leave.revokes && !isKey }
  const endsWith = connection?.credential.endsWith
  const { makeAt: by, noun } = method
  return {
    revokes: false,
    by,
    steps: [`Open ${addressOf(by)}.`, `Delete the ${noun}${endsWith ? ` that ends ${endsWith}` : ''}.`],
  }
}
