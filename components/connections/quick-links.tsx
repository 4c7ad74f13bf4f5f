'use client'
import Link from 'next/link'

/** The pages of a provider, one click from its row. */
export function QuickLinks({ path, name }: { path: string; name: string }) {
  const links = [
    ['Overview', path],
    ['Metrics', `${path}#health`],
    ['Config', `${path}/config`],
  ] as const
  return (
    <ul aria-label={`Pages of ${name}`} className="flex flex-wrap text-ink-3 text-small">
      {links.map(([label, href], at) => (
        <li key={label} className="whitespace-nowrap">
          {at > 0 && (
            <span aria-hidden="true" className="px-1">
              ·
            </span>
          )}
          <Link
            prefetch={false}
            href={href}
            aria-label={`${label}: ${name}`}
            className="inline-block min-h-6 py-0.5 hover:text-ink hover:underline pointer-coarse:min-h-11 pointer-coarse:py-3"
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}
