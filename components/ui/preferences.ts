/** How somebody likes pages to be: kept in this browser beside the theme, and read by the server, so that a page comes as it stays. */
export type Preferences = {
  density: 'comfortable' | 'compact'
  /** A zone of the IANA database; null: the browser's own. */
  zone: string | null
  clock: '24' | '12'
  /** `system`: as the device asks. */
  motion: 'system' | 'reduce'
}

/** The cookie they are in. It holds no right and no secret: it is written in the browser, so that a change shows before any answer. */
export const preferencesCookie = 'pb_preferences'

/** The preferences of somebody who never chose any. */
export const usual: Preferences = { density: 'comfortable', zone: null, clock: '24', motion: 'system' }

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}

/** The preferences that a cookie or an attribute tells; what it does not tell, or nobody knows, is as usual. */
export function readPreferences(text: string | undefined): Preferences {
  const fields = new URLSearchParams(text)
  const zone = fields.get('zone')
  return {
    density: fields.get('density') === 'compact' ? 'compact' : 'comfortable',
    zone: zone && isZone(zone) ? zone : null,
    clock: fields.get('clock') === '12' ? '12' : '24',
    motion: fields.get('motion') === 'reduce' ? 'reduce' : 'system',
  }
}

/** Preferences as a cookie or an attribute tells them: only what is not as usual. */
export function writePreferences(preferences: Preferences): string {
  const told = Object.entries(preferences).filter(([name, value]) => value !== Reflect.get(usual, name))
  return new URLSearchParams(told.map(([name, value]) => [name, String(value)])).toString()
}

/** What the document's element carries: the styles go by density and motion, what is told in times by the whole. */
export const attributesOf = (preferences: Preferences) => ({
  'data-preferences': writePreferences(preferences),
  'data-density': preferences.density,
  'data-motion': preferences.motion,
})
