import { counted } from '#components/ui/counted.ts'
import { Jack } from '#components/ui/jack.tsx'
import { webAddress } from '../links.ts'
import { bodiesIn, bodyOf, numberIn, textIn } from './body.ts'
import { type BodyProps, Footer } from './parts.tsx'

/**
 * A query that is asked again each time: how much it finds, and the first of it; or what the source says is wrong with it. Without
 * a query it is a list that the source keeps itself.
 */
export function Found({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const refused = textIn(body, 'refused')
  const total = numberIn(body, 'total')
  const hits = bodiesIn(body, 'hits').map((hit) => ({
    title: textIn(hit, 'title'),
    url: textIn(hit, 'url'),
    detail: textIn(hit, 'detail'),
  }))
  if (refused !== '')
    return (
      <p className="flex gap-1.5 text-ink-2">
        <Jack name="attention" className="mt-0.5 text-warn-icon" />
        <span className="line-clamp-4 min-w-0 break-words">{refused}</span>
      </p>
    )
  return (
    <>
      {size !== 'S' && hits.length === 0 && (
        <p className="text-ink-2">
          {textIn(body, 'query') ? 'Nothing is found by this search now.' : 'Nothing is in it.'}
        </p>
      )}
      {size !== 'S' && (
        <ol className="grid gap-0.5">
          {hits.map((hit) => (
            <li key={hit.url || hit.title} className="flex min-w-0 items-baseline gap-2">
              <Hit {...hit} />
              {hit.detail && <span className="max-w-2/5 shrink-0 truncate text-ink-3 text-small">{hit.detail}</span>}
            </li>
          ))}
        </ol>
      )}
      <Footer parts={[total !== null && counted(total, 'result')]} />
    </>
  )
}

function Hit({ title, url }: { title: string; url: string }) {
  const href = webAddress(url)
  if (!href) return <span className="min-w-0 flex-1 truncate">{title}</span>
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="link block min-h-5.5 min-w-0 flex-1 truncate text-start"
    >
      {title}
      <span className="sr-only"> (opens in new tab)</span>
    </a>
  )
}
