'use client'
import { useEffect } from 'react'
import { announce } from './announce.ts'

const patienceMs = 1000

/** Draws nothing; says that something is loading if it still is after a second. */
export function SayLoading({ what }: { what: string }) {
  useEffect(() => {
    const timer = setTimeout(() => announce(`Loading ${what}`), patienceMs)
    return () => clearTimeout(timer)
  }, [what])
  return null
}
