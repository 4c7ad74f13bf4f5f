'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useTransition } from 'react'
import type { AuditActor } from '#lib/audit/schema.ts'
import { withFilter } from './audit-filter.ts'

/** What can be chosen from. */
export type Choices = { actors: readonly AuditActor[]; tools: readonly (readonly [id: string, name: string])[] }

const TYPED_FOR_MS = 400

export type ActiveFilter = {
  value: (name: string) => string
  /** Narrows the log: chosen is a step that Back undoes, typed replaces the address once typing rests. */
  change: (name: string, value: string, how?: 'chosen' | 'typed') => void
  isPending: boolean
}

/** The filter lives in the address: Back, reload and a shared link bring it back. */
export function useAuditFilter(query: string): ActiveFilter {
  const router = useRouter()
  const path = usePathname()
  const [isPending, start] = useTransition()
  const wanted = useRef(new URLSearchParams(query))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    wanted.current = new URLSearchParams(query)
  }, [query])
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    value: (name) => new URLSearchParams(query).get(name) ?? '',
    change: (name, value, how = 'chosen') => {
      wanted.current = withFilter(wanted.current, name, value)
      const address = wanted.current.size > 0 ? `${path}?${wanted.current}` : path
      clearTimeout(timer.current)
      const go = () => start(() => (how === 'chosen' ? router.push : router.replace)(address, { scroll: false }))
      if (how === 'chosen') go()
      else timer.current = setTimeout(go, TYPED_FOR_MS)
    },
    isPending,
  }
}
