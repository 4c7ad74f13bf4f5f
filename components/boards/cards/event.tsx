import { bodiesIn, bodyOf, textIn } from './body.ts'
import { Level } from './level.tsx'
import { type BodyProps, Facts, Footer } from './parts.tsx'
import { When } from './when.tsx'

const FACTS = { S: 0, M: 3, L: 8 }

/** One occurrence of an error: where it ran and in which version, never whose it was. */
export function Event({ resource, size }: BodyProps) {
  const body = bodyOf(resource)
  const named = ['environment', 'release', 'platform'] as const // as const: names of the body
  const tags = bodiesIn(body, 'tags')
    .map((tag) => [textIn(tag, 'key'), textIn(tag, 'value')] as const)
    .filter(([key]) => key !== 'level' && !named.some((name) => name === key))
  const facts = [
    ['where', textIn(body, 'culprit')] as const,
    ...named.map((name) => [name, textIn(body, name)] as const),
    ...tags,
  ].filter(([, value]) => value !== '')
  return (
    <>
      <p className="flex text-ink-2">
        <Level level={textIn(body, 'level')} />
      </p>
      <Facts facts={facts.slice(0, FACTS[size])} />
      <Footer parts={[textIn(body, 'issue'), resource.updatedAt && <When key="updated" at={resource.updatedAt} />]} />
    </>
  )
}
