import { Jack, type JackName } from '#components/ui/jack.tsx'
import { bodyOf, nameIn, numberIn, textIn } from './body.ts'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { When } from './when.tsx'

const jacks: Record<string, JackName> = {
  applied: 'check',
  planned_and_finished: 'check',
  finished: 'check',
  errored: 'cross',
  unreachable: 'cross',
  policy_soft_failed: 'cross',
  canceled: 'empty',
  force_canceled: 'empty',
  discarded: 'empty',
  pending: 'clock',
}
const words: Record<string, string> = {
  planned_and_finished: 'Finished, nothing to apply',
  force_canceled: 'Canceled by force',
  policy_soft_failed: 'Stopped by a policy',
}

const sentence = (state: string): string => {
  const text = words[state] ?? state.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type Body = ReturnType<typeof bodyOf>

/** What is added, changed and taken away, as numbers that are also read out. */
function Changes({ body }: { body: Body }) {
  const counts = ['added', 'changed', 'destroyed'].map((name) => [name, numberIn(body, name)] as const)
  const imported = numberIn(body, 'imported')
  if (counts.some(([, count]) => count === null)) return null
  const signs = ['+', '~', '−']
  return (
    <p className="flex gap-3 truncate font-mono text-ink-2">
      {counts.map(([name, count], at) => (
        <span key={name}>
          <span aria-hidden="true">{signs[at]}</span>
          {count}
          <span className="sr-only"> {name}</span>
        </span>
      ))}
      {imported !== null && imported > 0 && <span className="font-sans">{imported} imported</span>}
    </p>
  )
}

/** How infrastructure is being changed: how far it is, by how much, and who began it. */
export function Run({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const [state, author] = [textIn(body, 'state'), nameIn(body, 'author')]
  const isWaiting = body.isWaiting === true
  const said = isWaiting ? `${sentence(state)}, waits to be confirmed` : sentence(state)
  return (
    <>
      {state !== '' && (
        <p className="flex min-w-0 items-center gap-1.5 text-ink-2">
          <Jack name={isWaiting ? 'attention' : (jacks[state] ?? 'turn')} />
          <span className="truncate">{[said, author && `by ${author}`].filter(Boolean).join(' · ')}</span>
        </p>
      )}
      <Changes body={body} />
      {size !== 'S' && resource.excerpt && <p className="line-clamp-2 break-words text-ink-2">{resource.excerpt}</p>}
      {size === 'L' && (
        <Facts
          facts={[
            ['runs', textIn(body, 'execution')],
            ['version', textIn(body, 'version')],
          ]}
        />
      )}
      <Footer
        parts={[
          body.isDestroy === true && 'destroys everything',
          body.isPlanOnly === true && 'plan only',
          body.locked === true && 'locked',
          resource.updatedAt && <When key="updated" at={resource.updatedAt} />,
        ]}
      />
    </>
  )
}

/** A state by its size alone: what is in it is nobody's to read here. */
export function State({ resource }: BodyProps) {
  const resources = numberIn(bodyOf(resource), 'resources')
  return (
    <>
      <p className="truncate text-ink-2">
        {resources === null
          ? resource.excerpt
          : resources === 1
            ? '1 resource'
            : `${resources.toLocaleString('en')} resources`}
      </p>
      <Footer parts={[resource.updatedAt && <When key="updated" at={resource.updatedAt} />]} />
    </>
  )
}
