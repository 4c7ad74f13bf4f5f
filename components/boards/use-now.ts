'use client'
import { useSyncExternalStore } from 'react'

const TICK_MS = 15_000

function everyTick(tell: () => void) {
  const timer = setInterval(tell, TICK_MS)
  return () => clearInterval(timer)
}

/** Now in epoch milliseconds, in steps of fifteen seconds. */
export const useNow = (): number =>
  useSyncExternalStore(
    everyTick,
    () => Math.floor(Date.now() / TICK_MS) * TICK_MS,
    () => 0,
  )
