import { useSyncExternalStore } from 'react'
import type { AttemptView } from '#lib/attempts/schema.ts'
import type { SlotName } from '#lib/connections/schema.ts'

/** How an attempt came out, as its panel tells it. `grant`: something is missing that can be granted now. */
export type Ending = {
  tone: 'ok' | 'warn' | 'info' | 'error'
  text: string
  code?: string
  next: 'connect' | 'grant' | null
}

/** An attempt this browser tab watches. What is told of it lives here once, for its panel, its row and the shell. */
export type Attempt = {
  id: string
  org: string
  provider: string
  /** The provider's. */
  name: string
  slot: SlotName
  /** Epoch milliseconds. */
  startedAt: number
  /** The providers that the same consent is to connect. */
  also?: readonly string[]
  /** The page to come back to, when the provider was opened in this very tab. */
  returnTo?: string
  /** Null until the provider's tab has reached the server. */
  view?: AttemptView | null
  isSignedOut?: boolean
  isTimedOut?: boolean
  ending?: Ending
  /** How many panels on this page show it. */
  panels?: number
}

/** Outlives a reload and the way to the provider and back in this tab. Holds no secret: an id, names and a time. */
const storageKey = 'pb-attempts'
const nobody: readonly Attempt[] = []

let attempts: readonly Attempt[] | null = null
/** Attempts this page is done with; the server may list one of them a moment longer. */
const closed = new Set<string>()
const listeners = new Set<() => void>()

function isStored(value: unknown): value is Attempt {
  const fields: readonly [string, string][] = [
    ['id', 'string'],
    ['org', 'string'],
    ['provider', 'string'],
    ['name', 'string'],
    ['slot', 'string'],
    ['startedAt', 'number'],
  ]
  if (typeof value !== 'object' || value === null) return false
  return fields.every(([name, type]) => typeof Reflect.get(value, name) === type)
}

/** The attempts this tab has in its storage; none where storage is refused or holds something else. */
export function storedAttempts(): Attempt[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isStored) : []
  } catch {
    return []
  }
}

function store(all: readonly Attempt[]): void {
  const kept = all
    .filter(({ ending }) => !ending)
    .map(({ id, org, provider, name, slot, startedAt, also, returnTo }) => ({
      id,
      org,
      provider,
      name,
      slot,
      startedAt,
      also,
      returnTo,
    }))
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(kept))
  } catch {
    // without storage an attempt is watched until the page is left
  }
}

const read = (): readonly Attempt[] => (attempts ??= storedAttempts())

function write(all: readonly Attempt[]): void {
  attempts = all
  store(all)
  for (const tell of listeners) tell()
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/** All attempts of this tab. */
export const useAttempts = (): readonly Attempt[] => useSyncExternalStore(subscribe, read, () => nobody)

/** The attempt at one slot of a provider; other slots do not make the caller render again. */
export function useAttempt(org: string, provider: string, slot: SlotName): Attempt | undefined {
  const find = () => read().find((one) => one.org === org && one.provider === provider && one.slot === slot)
  return useSyncExternalStore(subscribe, find, () => undefined)
}

/** Watches an attempt from now on, instead of an earlier one at the same slot; returns that one's id. */
export function beginAttempt(attempt: Attempt): string | undefined {
  const isSamePlace = ({ org, provider, slot }: Attempt) =>
    org === attempt.org && provider === attempt.provider && slot === attempt.slot
  const before = read().find(isSamePlace)
  if (before) closed.add(before.id)
  const withIt = () => [...read().filter((one) => !isSamePlace(one)), attempt]
  // The pressed form must still be there when the browser sends it, so what is drawn changes after that.
  store(withIt())
  setTimeout(() => write(withIt()))
  return before && !before.ending ? before.id : undefined
}

/** Tells what came of something that was done here and at once, in the place of what was told there before. */
export function tellEnded(attempt: Attempt & { ending: Ending }): void {
  const { org, provider, slot } = attempt
  write([...read().filter((one) => !(one.org === org && one.provider === provider && one.slot === slot)), attempt])
}

/** Watches an attempt that began elsewhere, in another tab of the same person. */
export function adoptAttempt(attempt: Attempt): void {
  if (closed.has(attempt.id) || read().some(({ id }) => id === attempt.id)) return
  const isTaken = read().some(
    ({ org, provider, slot }) => org === attempt.org && provider === attempt.provider && slot === attempt.slot,
  )
  if (!isTaken) write([...read(), attempt])
}

/** Changes what is known of an attempt. */
export function updateAttempt(id: string, change: Partial<Attempt>): void {
  if (change.ending) closed.add(id)
  const before = read().find((one) => one.id === id)
  const isNew = Object.entries(change).some(([name, value]) => before && !Object.is(Reflect.get(before, name), value))
  if (isNew) write(read().map((one) => (one.id === id ? { ...one, ...change } : one)))
}

/** Is done with an attempt: nothing more is told of it. */
export function forgetAttempt(id: string): void {
  closed.add(id)
  write(read().filter((one) => one.id !== id))
}

/** Is done with what came of an attempt at a slot, once something else has happened there. */
export function forgetEnded(org: string, provider: string, slot: SlotName): void {
  const ended = read().find((one) => one.org === org && one.provider === provider && one.slot === slot && one.ending)
  if (ended) forgetAttempt(ended.id)
}

/** Whether this page is done with an attempt that the server may still list. */
export const isClosed = (id: string): boolean => closed.has(id)
