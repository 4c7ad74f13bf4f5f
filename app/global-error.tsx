'use client'
import { BarePage } from '#components/shell/bare-page.tsx'
import { digestOf } from '#components/shell/digest.ts'
import { FailureMessage } from '#components/shell/failure-message.tsx'
import { fonts } from './fonts.ts'
import './globals.css'

/** The document itself failed: this stands in its place, without cookies, so in the system's theme. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" className={fonts}>
      <body>
        <title>Something went wrong – Plugboard</title>
        <BarePage>
          <FailureMessage code={digestOf(error)} onRetry={retry} />
        </BarePage>
      </body>
    </html>
  )
}
