'use client'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useRef } from 'react'

/** The sidebar's body: a popover on a phone (the browser opens it and takes Escape), closed when its page changes. */
export function ClosesOnNavigation({
  id,
  className,
  children,
}: {
  id: string
  className: string
  children: ReactNode
}) {
  const panel = useRef<HTMLDivElement>(null)
  const path = usePathname()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what the effect waits for
  useEffect(() => {
    if (panel.current?.matches(':popover-open')) panel.current.hidePopover()
  }, [path])
  return (
    <div ref={panel} id={id} popover="auto" className={className}>
      {children}
    </div>
  )
}
