import type { CardView, ObjectView } from '#lib/boards/schema.ts'
import { titleOf } from './cards/body.ts'

/** What a provider calls a kind, as words: `pull_request` is a "Pull request". */
export function kindName(kind: string): string {
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const LENGTH = 60

function clipped(text: string): string {
  const [line = ''] = text.trim().split('\n')
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1).trimEnd()}…` : line
}

export type Known = {
  /** The name of a provider, by its id. */
  providerName: (id: string) => string
  /** The card of a reference as this viewer sees it, if it was read. */
  cardOf: (objectId: string) => CardView | undefined
  objects: readonly ObjectView[]
}

/** What an object is called, for this viewer: a card they cannot see is named by its kind and who added it. */
export function objectName(object: ObjectView, known: Known): string {
  if (object.type === 'note') return clipped(object.text) || 'Empty note'
  if (object.type === 'section') return clipped(object.text) || 'Section without a name'
  if (object.type === 'reference') {
    const resource = known.cardOf(object.id)?.resource
    const locked = `${known.providerName(object.provider)} ${kindName(object.kind).toLowerCase()} added by ${object.addedBy.name}`
    return resource ? clipped(titleOf(resource)) : locked
  }
  const end = (id: string) => {
    const found = known.objects.find((one) => one.id === id)
    return found ? objectName(found, known) : 'something removed'
  }
  return `${end(object.from)} → ${end(object.to)}`
}

const typeNames = { note: 'Note', section: 'Section', connector: 'Connector' } as const

/** The name of an object with what it is: "Note: Check the retry limits". */
export function spokenName(object: ObjectView, known: Known): string {
  const type = object.type === 'reference' ? kindName(object.kind) : typeNames[object.type]
  return `${type}: ${objectName(object, known)}`
}

/** Names to choose from, those that several objects share numbered: "README.md", "README.md (2)". */
export function distinct<T extends { name: string }>(named: readonly T[]): T[] {
  const seen = new Map<string, number>()
  return named.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1
    seen.set(one.name, count)
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` }
  })
}
