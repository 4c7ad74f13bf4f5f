import { useEffect, useState } from 'react'

/** Whole seconds since `startedAt` (epoch milliseconds), told anew each second. */
export function useElapsed(startedAt: number): number {
  const since = () => Math.max(0, Math.floor((Date.now() - startedAt) / 1000))
  const [seconds, setSeconds] = useState(since)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.max(0, Math.floor((Date.now() - startedAt) / 1000))), 1000)
    return () => clearInterval(timer)
  }, [startedAt])
  return seconds
}

/** Minutes and seconds as a clock writes them: 0:42. */
export const clockText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
