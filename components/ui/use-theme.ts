'use client'
import { useSyncExternalStore } from 'react'
import { readTheme, type Theme, themeCookie } from './theme.ts'

const changed = 'pb-theme'
const yearSeconds = 365 * 24 * 60 * 60

/** Shows a theme at once and keeps it for the next page, which the server then draws in it. */
export function setTheme(theme: Theme): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing on http and in Firefox before 140
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`
  document.documentElement.dataset.theme = theme
  window.dispatchEvent(new Event(changed))
}

/** The theme the document shows; `system` on the server. */
export function useTheme(): Theme {
  return useSyncExternalStore(
    (tell) => {
      window.addEventListener(changed, tell)
      return () => window.removeEventListener(changed, tell)
    },
    () => readTheme(document.documentElement.dataset.theme),
    () => 'system',
  )
}
