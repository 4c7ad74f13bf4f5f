'use client'
import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { whenSessionEnds } from '#lib/platform/client.ts'

// fetched when a session ends: every page has this, and hardly any needs it
const SignInAgain = lazy(async () => ({ default: (await import('./sign-in-again.tsx')).SignInAgain }))

type Waiting = PromiseWithResolvers<boolean>

/**
 * Waits in every page for the moment when a change is answered with "sign in again": then it asks for the password over
 * the page, whose forms stay as they are, and lets the change be sent once more.
 */
export function SessionEnded({ email }: { email: string }) {
  const router = useRouter()
  const waiting = useRef<Waiting | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  useEffect(
    () =>
      whenSessionEnds(() => {
        // several changes at once wait for one dialog
        waiting.current ??= Promise.withResolvers<boolean>()
        setIsOpen(true)
        return waiting.current.promise
      }),
    [],
  )
  const close = (isSignedIn: boolean) => {
    setIsOpen(false)
    // forms posted by the browser carry a token of the session: they get the new one's
    if (isSignedIn) router.refresh()
    waiting.current?.resolve(isSignedIn)
    waiting.current = null
  }
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <SignInAgain email={email} onDone={() => close(true)} onCancel={() => close(false)} />
    </Suspense>
  )
}
