'use client'
import { crumb, type Level } from './levels.ts'

/** Where one is among the sources, with the ways back. */
export function Crumbs({ path, onGo }: { path: readonly Level[]; onGo: (depth: number) => void }) {
  if (path.length < 2) return null
  return (
    <nav aria-label="Where you are">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-small">
        {path.map((level, depth) => {
          const name = crumb(level)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a level is its depth
            <li key={depth} className="flex min-w-0 items-center gap-1.5">
              {depth > 0 && (
                <span aria-hidden="true" className="text-ink-3">
                  /
                </span>
              )}
              {depth === path.length - 1 ? (
                <span aria-current="location" className="truncate font-medium">
                  {name}
                </span>
              ) : (
                <button type="button" className="link min-h-6 truncate" onClick={() => onGo(depth)}>
                  {name}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
