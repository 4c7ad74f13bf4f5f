import { webAddress } from '../links.ts'
import { bodiesIn, bodyOf, numberIn, textIn } from './body.ts'
import type { BodyProps } from './parts.tsx'
import { Footer } from './parts.tsx'

const found = (total: number | null): string | false =>
  total !== null && (total === 1 ? '1 result' : `${total} results`)

/** A search that is asked again each time, with its first five files. */
export function CodeSearch({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const hits = bodiesIn(body, 'hits').map((hit) => ({
    path: textIn(hit, 'path'),
    repository: textIn(hit, 'repository'),
    url: textIn(hit, 'url'),
    fragment: textIn(hit, 'fragment'),
  }))
  return (
    <>
      {size !== 'S' && hits.length === 0 && <p className="text-ink-2">Nothing is found by this search now.</p>}
      {size !== 'S' && (
        <ol className="grid gap-0.5 text-small">
          {hits.map((hit) => (
            <li key={`${hit.repository} ${hit.path}`} className="min-w-0">
              <Hit {...hit} />
              {size === 'L' && hit.fragment && (
                <code className="block truncate font-mono text-ink-3">{hit.fragment.trim().split('\n')[0]}</code>
              )}
            </li>
          ))}
        </ol>
      )}
      <Footer parts={[textIn(body, 'repository') || 'all your repositories', found(numberIn(body, 'total'))]} />
    </>
  )
}

function Hit({ path, repository, url }: { path: string; repository: string; url: string }) {
  const href = webAddress(url)
  const label = (
    <>
      <span className="sr-only">{repository} </span>
      {path}
    </>
  )
  if (!href) return <span className="block truncate font-mono">{label}</span>
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className="link block min-h-5.5 truncate font-mono">
      {label}
      <span className="sr-only"> (opens in new tab)</span>
    </a>
  )
}
