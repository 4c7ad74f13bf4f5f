import { cva } from 'class-variance-authority'
import { counted } from '#components/ui/counted.ts'
import { bodiesIn, bodyOf, nameIn, numberIn, textIn } from './body.ts'
import { type BodyProps, Footer } from './parts.tsx'
import { When } from './when.tsx'

const words = cva('whitespace-pre-line break-words text-ink-2', {
  variants: { size: { M: 'line-clamp-4', L: 'line-clamp-5' } },
})

/** A message: who wrote it, all of it that its title does not say, and what was answered. */
export function Message({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [author, text, sentAt] = [nameIn(body, 'author'), textIn(body, 'text').trim(), textIn(body, 'sentAt')]
  const replies = numberIn(body, 'replies')
  const first = bodiesIn(body, 'firstReplies').map((reply) => ({
    author: nameIn(reply, 'author'),
    text: textIn(reply, 'text'),
    sentAt: textIn(reply, 'sentAt'),
  }))
  return (
    <>
      <Footer isFirst parts={[author && `by ${author}`, sentAt && <When key="sent" at={sentAt} />]} />
      {size !== 'S' && text !== resource.title && text !== '' && <p className={words({ size })}>{text}</p>}
      {size === 'L' && first.length > 0 && (
        <ol aria-label="First replies" className="grid gap-1 border-line border-s-2 ps-2">
          {first.map((reply) => (
            <li key={reply.sentAt} className="truncate text-small">
              {reply.author && <span className="font-medium">{reply.author} </span>}
              <span className="text-ink-2">{reply.text}</span>
            </li>
          ))}
        </ol>
      )}
      <Footer parts={[replies !== null && replies > 0 && counted(replies, 'reply', 'replies')]} />
    </>
  )
}
