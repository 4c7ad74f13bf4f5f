'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { AlertDialog } from '#components/ui/dialog.tsx'

/** Where a press on a link of ours would lead out of this page in this tab; null for any other press. */
function wayOut(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  if (!link?.href || link.target === '_blank' || !isPlain) return null
  const { origin, pathname, search, hash } = new URL(link.href)
  const isHere = pathname === location.pathname && search === location.search
  return origin === location.origin && !isHere ? pathname + search + hash : null
}

/**
 * Asks before what was changed and not saved is lost: the browser where the page itself goes, we where a link of ours
 * leads elsewhere, or Back in browsers that let a page know (html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api).
 */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const router = useRouter()
  const [leave, setLeave] = useState<() => void>()
  const isLeaving = useRef(false)
  useEffect(() => {
    if (!isDirty) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    const onPress = (event: MouseEvent) => {
      const to = wayOut(event)
      if (!to) return
      event.preventDefault()
      event.stopPropagation()
      setLeave(() => () => router.push(to))
    }
    const onTraverse = (event: NavigateEvent) => {
      if (event.navigationType !== 'traverse' || !event.cancelable || isLeaving.current) return
      event.preventDefault()
      const { key } = event.destination
      setLeave(() => () => void navigation.traverseTo(key))
    }
    const history = 'navigation' in window ? navigation : null
    window.addEventListener('beforeunload', warn)
    window.addEventListener('click', onPress, true)
    history?.addEventListener('navigate', onTraverse)
    return () => {
      window.removeEventListener('beforeunload', warn)
      window.removeEventListener('click', onPress, true)
      history?.removeEventListener('navigate', onTraverse)
    }
  }, [isDirty, router])
  if (!leave) return null
  const go = () => {
    isLeaving.current = true
    setLeave(undefined)
    leave()
  }
  return (
    <AlertDialog title="Leave without saving?" confirm="Leave" onConfirm={go} onClose={() => setLeave(undefined)}>
      <p>What you changed on this page is not saved. It is lost when you leave.</p>
    </AlertDialog>
  )
}
