import { cx } from 'class-variance-authority'
import type { ReactNode } from 'react'

/** A sign cut out of a filled jack, in the colour of what lies under it. */
function Cut({ d }: { d: string }) {
  return <path d={d} className="stroke-(--jack-ground)" />
}

const ring = <circle cx="8" cy="8" r="6.15" />
const disc = <circle cx="8" cy="8" r="7" fill="currentColor" stroke="none" />

const glyphs = {
  check: (
    <>
      {disc}
      <Cut d="M5 8.2 7.1 10.3 11.1 6" />
    </>
  ),
  attention: (
    <>
      {disc}
      <Cut d="M8 4.5v4.3M8 11.3v.05" />
    </>
  ),
  clock: (
    <>
      {ring}
      <path d="M8 4.2V8.2l3.1 1.7" />
    </>
  ),
  turn: <path d="M13.6 8.6A5.7 5.7 0 1 1 12 4M12.9 1.4V4.6H9.7" />,
  cross: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" stroke="none" />
      <Cut d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" />
    </>
  ),
  diamond: <path d="M8 1.3 14.7 8 8 14.7 1.3 8zM8 5.2v3.1M8 10.7v.05" />,
  lock: (
    <>
      <rect x="2.8" y="7" width="10.4" height="7.6" rx="1.6" fill="currentColor" stroke="none" />
      <path d="M5 7.4V5a3 3 0 0 1 6 0v2.4" />
    </>
  ),
  empty: (
    <>
      {ring}
      <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  slash: (
    <>
      {ring}
      <path d="M3.9 12.1 12.1 3.9" />
    </>
  ),
  dashed: <circle cx="8" cy="8" r="6.15" strokeDasharray="2.6 2.23" strokeLinecap="butt" />,
  pause: (
    <>
      {ring}
      <path d="M6.3 5.8v4.4M9.7 5.8v4.4" />
    </>
  ),
  busy: (
    <>
      <path d="M8 1.85A6.15 6.15 0 1 1 1.85 8" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
    </>
  ),
  note: (
    <>
      {ring}
      <path d="M8 7.6v3.2M8 5.1v.05" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type JackName = keyof typeof glyphs

/** A socket, 16 px, whose shape says the state without colour. Always beside words, so never read out itself. */
export function Jack({ name, className }: { name: JackName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      data-jack={name}
      viewBox="0 0 16 16"
      className={cx('size-4 shrink-0', name === 'busy' && 'animate-busy', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {glyphs[name]}
    </svg>
  )
}
