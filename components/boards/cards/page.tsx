import { bodyOf, nameIn } from './body.ts'
import { type BodyProps, Footer } from './parts.tsx'
import { When } from './when.tsx'

/** A page that somebody wrote: how it begins, who changed it last, and when. */
export function Page({ resource, size }: BodyProps) {
  const editor = nameIn(bodyOf(resource), 'editor')
  return (
    <>
      {size !== 'S' && resource.excerpt && (
        <p className="line-clamp-3 whitespace-pre-line break-words text-ink-2">{resource.excerpt}</p>
      )}
      <Footer
        parts={[editor && `edited by ${editor}`, resource.updatedAt && <When key="updated" at={resource.updatedAt} />]}
      />
    </>
  )
}
