'use client'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import type { AuditActor } from '#lib/audit/schema.ts'
import { withFilter } from './audit-filter.ts'

/** What can be chosen from. */
export type Choices = {
  actors: readonly AuditActor[]
  tools: readonly (readonly [id: string, name: string])[]
  /** The day in UTC as the server has it: 2026-11-01. */
  today: string
}

const TYPED_FOR_MS = 400

export type ActiveFilter = {
  value: (name: string) => string
  /** Narrows the log: chosen is a step that Back undoes, typed replaces the address once typing rests. */
  change: (name: string, value: string, how?: 'chosen' | 'typed') => void
  /** Several names in one chosen step. */
  changeAll: (values: Readonly<Record<string, string>>) => void
  isPending: boolean
}

/** The filter lives in the address: Back, reload and a shared link bring it back. What is chosen is shown at once. */
export function useAuditFilter(query: string): ActiveFilter {
  const router = useRouter()
  const path = usePathname()
  const [isPending, start] = useTransition()
  const [asked, setAsked] = useState(query)
  const [seen, setSeen] = useState(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  if (seen !== query && !isPending) {
    setSeen(query)
    setAsked(query)
  }
  const changeAll = (values: Readonly<Record<string, string>>, how: 'chosen' | 'typed' = 'chosen') => {
    const wanted = String(withFilter(new URLSearchParams(asked), values))
    const address = wanted ? `${path}?${wanted}` : path
    const go = () =>
      start(() => {
        if (how === 'chosen') router.push(address, { scroll: false })
        else router.replace(address, { scroll: false })
      })
    setAsked(wanted)
    clearTimeout(timer.current)
    if (how === 'chosen') go()
    else timer.current = setTimeout(go, TYPED_FOR_MS)
  }
  return {
    value: (name) => new URLSearchParams(asked).get(name) ?? '',
    change: (name, value, how) => changeAll({ [name]: value }, how),
    changeAll: (values) => changeAll(values),
    isPending,
  }
}
