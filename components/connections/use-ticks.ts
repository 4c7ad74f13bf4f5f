import { useSyncExternalStore } from 'react'

/** Where a browser keeps what somebody ticked in a guide: the lines, of no use to anybody else. */
const keyOf = (guide: string): string => `pb-guide ${guide}`

const written = new Map<string, string>()
const listeners = new Set<() => void>()

function read(guide: string): string {
  try {
    return written.get(guide) ?? localStorage.getItem(keyOf(guide)) ?? '[]'
  } catch {
    return '[]'
  }
}

function write(guide: string, ticks: ReadonlySet<string>): void {
  const text = JSON.stringify([...ticks])
  written.set(guide, text)
  try {
    localStorage.setItem(keyOf(guide), text)
  } catch {
    // without storage the ticks last as long as the page
  }
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

function parse(text: string): Set<string> {
  try {
    const stored: unknown = JSON.parse(text)
    return new Set(Array.isArray(stored) ? stored.filter((line) => typeof line === 'string') : [])
  } catch {
    return new Set()
  }
}

/** The lines of a guide that are ticked in this browser, and the way to tick one. */
export function useTicks(guide: string): readonly [ReadonlySet<string>, (line: string, isTicked: boolean) => void] {
  const ticks = parse(
    useSyncExternalStore(
      subscribe,
      () => read(guide),
      () => '[]',
    ),
  )
  const tick = (line: string, isTicked: boolean) => {
    const next = parse(read(guide))
    if (isTicked) next.add(line)
    else next.delete(line)
    write(guide, next)
  }
  return [ticks, tick]
}
