import { useKeptText } from '#components/ui/use-kept-text.ts'
import type { Ordered } from '#lib/resources/client.ts'

/** How long a browser remembers what was asked for. */
const KEPT_MS = 7 * 24 * 60 * 60_000

function parse(text: string): Ordered | null {
  const [at, id] = text.split(' ')
  return id && Date.now() - Number(at) < KEPT_MS ? { id, at: Number(at) } : null
}

/**
 * What somebody asked a provider for about a thing in this browser, on whatever board and however large its card is: it may have
 * cost something, and its id is all that leads back to it. Null where nothing was; the way to keep an id.
 */
export function useOrdered(about: string): readonly [Ordered | null, (id: string) => void] {
  const [text, change] = useKeptText(`pb-report ${about}`)
  return [parse(text), (id) => change(() => `${Date.now()} ${id}`)]
}
