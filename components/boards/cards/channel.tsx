import { counted } from '#components/ui/counted.ts'
import { bodyOf, numberIn, textIn } from './body.ts'
import { type BodyProps, Footer } from './parts.tsx'

/** A channel: what it is about, and for how many. */
export function Channel({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [topic, purpose] = [textIn(body, 'topic'), textIn(body, 'purpose')]
  const members = numberIn(body, 'members')
  const about = topic || purpose
  return (
    <>
      {size !== 'S' && about && <p className="line-clamp-4 whitespace-pre-line break-words text-ink-2">{about}</p>}
      {size === 'L' && purpose && purpose !== about && (
        <p className="line-clamp-4 whitespace-pre-line break-words text-ink-2">{purpose}</p>
      )}
      <Footer
        parts={[
          members !== null && counted(members, 'member'),
          textIn(body, 'visibility'),
          textIn(body, 'state') === 'archived' && 'archived',
        ]}
      />
    </>
  )
}
