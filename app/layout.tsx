import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { LiveRegion } from '#components/ui/live-region.tsx'
import { attributesOf, preferencesCookie, readPreferences } from '#components/ui/preferences.ts'
import { readTheme, themeCookie } from '#components/ui/theme.ts'
import { fonts } from './fonts.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Plugboard', template: '%s – Plugboard' },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The document. It reads cookies, so every page is rendered per request: the CSP nonce depends on that. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  const theme = readTheme(jar.get(themeCookie)?.value)
  const preferences = readPreferences(jar.get(preferencesCookie)?.value)
  return (
    <html lang="en" data-theme={theme} {...attributesOf(preferences)} className={fonts}>
      <body>
        <a
          href="#main"
          className="float sr-only z-50 font-medium focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
        {children}
        <LiveRegion />
      </body>
    </html>
  )
}
