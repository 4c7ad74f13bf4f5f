import { useSyncExternalStore } from 'react'
import { attributesOf, type Preferences, preferencesCookie, readPreferences, writePreferences } from './preferences.ts'
import type { Shown } from './time-text.ts'

const changed = 'pb-preferences'
const yearSeconds = 365 * 24 * 60 * 60

let last = { text: '', preferences: readPreferences('') }

/** The same object for the same text: a page asks for each time it shows. */
function parsed(text: string): Preferences {
  if (last.text !== text) last = { text, preferences: readPreferences(text) }
  return last.preferences
}

const ofDocument = (): string =>
  typeof document === 'undefined' ? '' : (document.documentElement.dataset.preferences ?? '')

/** Shows a change at once and keeps it for the next page, which the server then draws so. */
export function setPreferences(change: Partial<Preferences>): void {
  const preferences = { ...parsed(ofDocument()), ...change }
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const value = encodeURIComponent(writePreferences(preferences))
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing on http and in Firefox before 140
  document.cookie = `${preferencesCookie}=${value}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  for (const [name, told] of Object.entries(attributesOf(preferences)))
    document.documentElement.setAttribute(name, told)
  window.dispatchEvent(new Event(changed))
}

function onChange(tell: () => void) {
  window.addEventListener(changed, tell)
  return () => window.removeEventListener(changed, tell)
}

/** The preferences of the document, followed while they change; the usual ones on the server and while hydrating. */
export const usePreferences = (): Preferences => parsed(useSyncExternalStore(onChange, ofDocument, () => ''))

const shownBy = ({ zone, clock }: Preferences): Shown => ({
  ...(zone ? { timeZone: zone } : {}),
  ...(clock === '12' ? { hour12: true } : {}),
})

/** How times are told to this reader, followed while it changes. */
export const useShown = (): Shown => shownBy(usePreferences())

/** How times are told to this reader now, for what is written outside of a component. */
export const shownNow = (): Shown => shownBy(parsed(ofDocument()))
