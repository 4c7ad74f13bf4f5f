import { cva } from 'class-variance-authority'
import { Jack, type JackName } from '#components/ui/jack.tsx'
import { bodiesIn, bodyOf, nameIn, textIn } from './body.ts'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { When } from './when.tsx'

/** How a conversation stands, as a socket and in a word; what is neither is told by its own word. */
const states = new Map<string, { jack: JackName; word: string }>([
  ['open', { jack: 'empty', word: 'Open' }],
  ['snoozed', { jack: 'clock', word: 'Snoozed' }],
  ['closed', { jack: 'check', word: 'Closed' }],
])

const words = cva('whitespace-pre-line break-words text-ink-2', {
  variants: { size: { M: 'line-clamp-3', L: 'line-clamp-5' } },
})

/** A conversation with a customer: with whom, how it stands, and what was said last. */
export function Conversation({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [customer, priority] = [nameIn(body, 'customer'), textIn(body, 'priority')]
  const state = states.get(textIn(body, 'state')) ?? { jack: 'empty', word: textIn(body, 'state') }
  const [last] = bodiesIn({ last: [body.lastMessage] }, 'last')
  const author = last ? nameIn(last, 'author') : ''
  const said = last ? textIn(last, 'text') : (resource.excerpt ?? '')
  return (
    <>
      <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <Jack name={state.jack} />
        <span className="truncate">{[state.word, customer && `with ${customer}`].filter(Boolean).join(' · ')}</span>
      </p>
      {size !== 'S' && said !== '' && (
        <p className={words({ size })}>
          {author && <span className="font-medium">{author}: </span>}
          {said}
        </p>
      )}
      {size === 'L' && <Facts facts={[['address', resource.forAdmins?.email]]} />}
      <Footer
        parts={[
          priority && `${priority} priority`,
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}

/** Somebody a team talks with: what they are to it, and when they were last there. The address is there for owners and admins. */
export function Contact({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [lastSeen, since] = [textIn(body, 'lastSeen'), textIn(body, 'since')]
  return (
    <>
      {size !== 'S' && (
        <Facts
          facts={[
            ['address', resource.forAdmins?.email],
            ['last seen', lastSeen && <When at={lastSeen} />],
            ['since', since && <When at={since} />],
          ]}
        />
      )}
      <Footer parts={[textIn(body, 'role'), size === 'S' && lastSeen && <When key="seen" at={lastSeen} />]} />
    </>
  )
}
