'use client'
import { useEffect } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Details } from '#components/ui/details.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RevokeSteps } from './revoke-steps.tsx'
import type { WayOut } from './way-out.ts'

/** What came of something: `warn` where something is left to do at the provider; `left`: how one does it there. */
export type Outcome = { tone: 'ok' | 'warn'; text: string; left?: { name: string } & Pick<WayOut, 'by' | 'steps'> }

/** What came of something, seen where it was done and said once. */
export function Told({ outcome: { tone, text, left } }: { outcome: Outcome }) {
  // in an effect: a dialog that was answered is gone by then, and only the page's own region is heard
  useEffect(() => announce(text), [text])
  return (
    <Notice tone={tone}>
      {text}
      {left && (
        <Details summary={`Fully revoke at ${left.name}`} open={tone === 'warn'}>
          <RevokeSteps {...left} />
        </Details>
      )}
    </Notice>
  )
}
