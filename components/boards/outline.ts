import type { ObjectPatch, ObjectView } from '#lib/boards/schema.ts'

export type Section = Extract<ObjectView, { type: 'section' }>
export type Note = Extract<ObjectView, { type: 'note' }>
export type Reference = Extract<ObjectView, { type: 'reference' }>
export type Connector = Extract<ObjectView, { type: 'connector' }>
/** What stands in the reading order; connectors join two of these. */
export type Item = Note | Reference | Section

export type Outline = { top: { object: Item; contents: Item[] }[]; connectors: Connector[] }

/** Where an object stands: in a section (null: in none), as which of how many neighbours, from 0. */
export type Standing = { section: string | null; index: number; count: number }

/** The heading of what stands in a section comes after the section's own. */
export const headingOf = ({ section }: Item): 'h2' | 'h3' => (section ? 'h3' : 'h2')

const CONNECTORS = 'connectors'
const TOP = 'top'
const laneOf = (object: ObjectView): string => (object.type === 'connector' ? CONNECTORS : (object.section ?? TOP))

type Lanes = Map<string, ObjectView[]>

const lanesOf = (objects: readonly ObjectView[]): Lanes =>
  Map.groupBy(
    objects.toSorted((a, b) => a.position - b.position),
    laneOf,
  )

const isItem = (object: ObjectView): object is Item => object.type !== 'connector'
const isConnector = (object: ObjectView): object is Connector => object.type === 'connector'

/** The objects as they are drawn: each section with what it holds, connectors apart. */
export function outlineOf(objects: readonly ObjectView[]): Outline {
  const lanes = lanesOf(objects)
  const items = (lane: string) => (lanes.get(lane) ?? []).filter(isItem)
  return {
    top: items(TOP).map((object) => ({ object, contents: object.type === 'section' ? items(object.id) : [] })),
    connectors: (lanes.get(CONNECTORS) ?? []).filter(isConnector),
  }
}

const inOrder = (lanes: Lanes): ObjectView[] => {
  const top = (lanes.get(TOP) ?? []).flatMap((object) => [object, ...(lanes.get(object.id) ?? [])])
  return [...top, ...(lanes.get(CONNECTORS) ?? [])]
}

const numbered = (lanes: Lanes): Lanes =>
  new Map([...lanes].map(([name, members]) => [name, members.map((member, position) => ({ ...member, position }))]))

/** Where an object stands; null when it is not there. */
export function standingOf(objects: readonly ObjectView[], id: string): Standing | null {
  const object = objects.find((one) => one.id === id)
  if (!object) return null
  const lane = lanesOf(objects).get(laneOf(object)) ?? []
  return { section: object.section, index: lane.findIndex((one) => one.id === id), count: lane.length }
}

/** The objects with one of them put into a section (null: none) as its `index`th, from 0. */
export function relocate(
  objects: readonly ObjectView[],
  id: string,
  { section, index }: Pick<Standing, 'section' | 'index'>,
): ObjectView[] {
  const object = objects.find((one) => one.id === id)
  if (!object) return [...objects]
  const lanes = lanesOf(objects.filter((one) => one.id !== id))
  const moved = { ...object, section: object.type === 'connector' ? null : section }
  const lane = laneOf(moved)
  lanes.set(lane, (lanes.get(lane) ?? []).toSpliced(index, 0, moved))
  return inOrder(numbered(lanes))
}

/** The objects with one more, where it says it stands; others make room. */
export function withObject(objects: readonly ObjectView[], object: ObjectView): ObjectView[] {
  const lanes = lanesOf(objects.filter(({ id }) => id !== object.id))
  const lane = laneOf(object)
  lanes.set(lane, (lanes.get(lane) ?? []).toSpliced(object.position, 0, object))
  return inOrder(numbered(lanes))
}

/** The objects with the words or the size of one of them changed. */
export const reworded = (objects: readonly ObjectView[], id: string, patch: ObjectPatch): ObjectView[] =>
  objects.map((one) => {
    if (one.id !== id) return one
    if (one.type === 'reference')
      return {
        ...one,
        caption: patch.caption === undefined ? one.caption : patch.caption,
        size: patch.size ?? one.size,
      }
    return { ...one, text: patch.text ?? one.text ?? '' }
  })

/** The object one reads after this one, else the one before; null where this and its connectors are all there is. */
export function neighbourOf(objects: readonly ObjectView[], id: string): string | null {
  const goesAlong = (one: ObjectView) => one.type === 'connector' && (one.from === id || one.to === id)
  const order = inOrder(lanesOf(objects.filter((one) => !goesAlong(one))))
  const at = order.findIndex((one) => one.id === id)
  return (order[at + 1] ?? order[at - 1])?.id ?? null
}

const sectionName = (objects: readonly ObjectView[], id: string | null): string | null => {
  const section = objects.find((one) => one.id === id)
  return section?.type === 'section' ? section.text || 'without a name' : null
}

/** Where an object now stands, to be said after it moved: "In section Deploy." */
export function sayStanding(objects: readonly ObjectView[], id: string): string {
  const standing = standingOf(objects, id)
  if (!standing) return ''
  const section = sectionName(objects, standing.section)
  return section ? `In section ${section}.` : `In no section, ${standing.index + 1} of ${standing.count}.`
}

type Move = { section?: string | null; after?: string; move?: 'up' }

/** What to send so that an object becomes the `index`th of a section: the server knows "behind that one" and "one up". */
export function movesTo(
  objects: readonly ObjectView[],
  id: string,
  { section, index }: Pick<Standing, 'section' | 'index'>,
): Move[] {
  const object = objects.find((one) => one.id === id)
  const lane = object?.type === 'connector' ? CONNECTORS : (section ?? TOP)
  const others = (lanesOf(objects).get(lane) ?? []).filter((one) => one.id !== id)
  const before = others[index - 1]
  const [first] = others
  if (before) return [{ section, after: before.id }]
  return first ? [{ section, after: first.id }, { move: 'up' }] : [{ section }]
}

/** Where something new goes: behind an object of a section (null: none), or to its end. */
export type Place = { section: string | null; after?: string }

/** The place behind what had the focus last: into a section, behind anything else, at the end where there was nothing. */
export function placeBehind(objects: readonly ObjectView[], id: string | null): Place {
  const object = objects.find((one) => one.id === id)
  if (!object || object.type === 'connector') return { section: null }
  return object.type === 'section' ? { section: object.id } : { section: object.section, after: object.id }
}

/** The same for a section, which stands in none. */
export function sectionBehind(objects: readonly ObjectView[], id: string | null): Place {
  const object = objects.find((one) => one.id === id)
  if (!object || object.type === 'connector') return { section: null }
  return { section: null, after: object.section ?? object.id }
}
