import { useSyncExternalStore } from 'react'

const written = new Map<string, string>()
const listeners = new Set<() => void>()

function read(key: string): string {
  try {
    return written.get(key) ?? localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function write(key: string, text: string): void {
  written.set(key, text)
  try {
    localStorage.setItem(key, text)
  } catch {
    // without storage it is known as long as the page
  }
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** A text that this browser keeps, empty where there is none, and the way to change it. */
export function useKeptText(key: string): readonly [string, (change: (before: string) => string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => '',
  )
  return [text, (change) => write(key, change(read(key)))]
}
