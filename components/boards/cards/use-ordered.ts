import { useSyncExternalStore } from 'react'
import type { Ordered } from '#lib/resources/client.ts'

/** How long a browser remembers what was asked for. */
const KEPT_MS = 7 * 24 * 60 * 60_000

const keyOf = (about: string): string => `pb-report ${about}`

const written = new Map<string, string>()
const listeners = new Set<() => void>()

function read(about: string): string {
  try {
    return written.get(about) ?? localStorage.getItem(keyOf(about)) ?? ''
  } catch {
    return ''
  }
}

function write(about: string, text: string): void {
  written.set(about, text)
  try {
    localStorage.setItem(keyOf(about), text)
  } catch {
    // without storage it is known as long as the page
  }
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function parse(text: string): Ordered | null {
  const [at, id] = text.split(' ')
  return id && Date.now() - Number(at) < KEPT_MS ? { id, at: Number(at) } : null
}

/**
 * What somebody asked a provider for about a thing in this browser, on whatever board and however large its card is: it may have
 * cost something, and its id is all that leads back to it. Null where nothing was; the way to keep an id.
 */
export function useOrdered(about: string): readonly [Ordered | null, (id: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(about),
    () => '',
  )
  return [parse(text), (id) => write(about, `${Date.now()} ${id}`)]
}
