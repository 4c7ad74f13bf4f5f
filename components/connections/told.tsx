'use client'
import { useEffect } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Notice } from '#components/ui/notice.tsx'

/** What came of something: `warn` where something is left to do at the provider, at the page of `by`. */
export type Outcome = { tone: 'ok' | 'warn'; text: string; by?: { name: string; href: string } }

/** What came of something, seen where it was done and said once. */
export function Told({ outcome: { tone, text, by } }: { outcome: Outcome }) {
  // in an effect: a dialog that was answered is gone by then, and only the page's own region is heard
  useEffect(() => announce(text), [text])
  return (
    <Notice tone={tone}>
      {text}
      {by && (
        <>
          {' '}
          <a className="link" href={by.href} target="_blank" rel="noreferrer">
            Open {by.name}'s settings (opens in a new tab)
          </a>
        </>
      )}
    </Notice>
  )
}
