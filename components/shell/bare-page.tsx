import type { ReactNode } from 'react'

/** A page outside any organization: signing in, an invitation, the end of a provider's tab. A column at the start, not a floating card. */
export function BarePage({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-form grid-cols-1 gap-8 px-4 py-8 sm:py-16">
      <header>
        <p className="flex items-center gap-2 font-semibold">
          <svg
            aria-hidden="true"
            viewBox="0 0 16 16"
            className="size-4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.7"
          >
            <circle cx="8" cy="8" r="6.15" />
            <circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />
          </svg>
          Plugboard
        </p>
      </header>
      <main id="main" tabIndex={-1} className="grid min-w-0 grid-cols-1 gap-6 outline-none">
        {children}
      </main>
    </div>
  )
}
