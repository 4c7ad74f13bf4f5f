import { fieldProblem } from '#lib/platform/problem.ts'

/** Where an object stands: in which section (null: on the board itself) and as which of its neighbours, from 0. */
export type Placed = { id: string; type: string; sectionId: string | null; position: number }
export type Place = { section?: string | null | undefined; after?: string | null | undefined }

const CONNECTORS = 'connectors'
const TOP = 'top'

// Connectors stand in no section and in nobody's way: they are numbered apart.
const laneOf = ({ type, sectionId }: Placed): string => (type === 'connector' ? CONNECTORS : (sectionId ?? TOP))

type Lanes = Map<string, Placed[]>

function lanesOf(objects: readonly Placed[]): Lanes {
  const ordered = objects.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
  const lanes: Lanes = new Map([[TOP, []]])
  for (const object of ordered) lanes.set(laneOf(object), [...(lanes.get(laneOf(object)) ?? []), object])
  return lanes
}

const settled = (lanes: Lanes): Placed[] =>
  [...lanes].flatMap(([lane, objects]) =>
    objects.map((object, position) => ({
      ...object,
      position,
      sectionId: lane === TOP || lane === CONNECTORS ? null : lane,
    })),
  )

function spot(lane: readonly Placed[], after: string | null | undefined): number {
  if (!after) return lane.length
  const index = lane.findIndex(({ id }) => id === after)
  if (index < 0) throw fieldProblem('after', 'There is no such object in this section to place it after.')
  return index + 1
}

function target(object: Placed, objects: readonly Placed[], section: string | null): string {
  if (object.type === 'connector') {
    if (section) throw fieldProblem('section', 'A connector stands in no section.')
    return CONNECTORS
  }
  if (!section) return TOP
  if (object.type === 'section') throw fieldProblem('section', 'A section cannot stand inside a section.')
  if (!objects.some(({ id, type }) => id === section && type === 'section'))
    throw fieldProblem('section', 'There is no such section on this board.')
  return section
}

/** All objects in the order one reads them: each section followed by what it holds, connectors last. */
export function inReadingOrder<T extends Placed>(objects: readonly T[]): T[] {
  const byId = new Map(objects.map((object) => [object.id, object]))
  const lanes = lanesOf(objects)
  const top = (lanes.get(TOP) ?? []).flatMap((object) => [object, ...(lanes.get(object.id) ?? [])])
  return [...top, ...(lanes.get(CONNECTORS) ?? [])].flatMap(({ id }) => byId.get(id) ?? [])
}

/** Puts an object into a section behind `after`, or at the end; new or already there. Returns every object's place. */
export function place(objects: readonly Placed[], object: Placed, { section = null, after }: Place): Placed[] {
  const others = objects.filter(({ id }) => id !== object.id)
  const lanes = lanesOf(others)
  const lane = target(object, others, section)
  const neighbours = lanes.get(lane) ?? []
  lanes.set(lane, neighbours.toSpliced(spot(neighbours, after), 0, object))
  return settled(lanes)
}

/** Puts an object where its own section and position say, or at the end where those have become fewer. Returns every object's place. */
export function insert(objects: readonly Placed[], object: Placed): Placed[] {
  const lanes = lanesOf(objects)
  const lane = laneOf(object)
  lanes.set(lane, (lanes.get(lane) ?? []).toSpliced(object.position, 0, object))
  return settled(lanes)
}

/** Walks an object one step among its neighbours; at the end of its section it stays. Returns every object's place. */
export function step(objects: readonly Placed[], id: string, move: 'up' | 'down'): Placed[] {
  const lanes = lanesOf(objects)
  const [lane, neighbours] = [...lanes].find(([, members]) => members.some((member) => member.id === id)) ?? []
  if (lane === undefined || neighbours === undefined) return settled(lanes)
  const from = neighbours.findIndex((member) => member.id === id)
  const to = Math.min(Math.max(from + (move === 'up' ? -1 : 1), 0), neighbours.length - 1)
  const moved = neighbours.slice(from, from + 1)
  lanes.set(lane, neighbours.toSpliced(from, 1).toSpliced(to, 0, ...moved))
  return settled(lanes)
}

/** Takes an object away; what a section held stands in its place afterwards. Returns the places of those that stay. */
export function takeOut(objects: readonly Placed[], id: string): Placed[] {
  const lanes = lanesOf(objects)
  const contents = lanes.get(id) ?? []
  lanes.delete(id)
  for (const [lane, members] of lanes)
    lanes.set(
      lane,
      members.flatMap((member) => (member.id === id ? contents : [member])),
    )
  return settled(lanes)
}

/** Those whose place is not what it was. */
export function changed(before: readonly Placed[], after: readonly Placed[]): Placed[] {
  const was = new Map(before.map((object) => [object.id, object]))
  return after.filter(({ id, position, sectionId }) => {
    const old = was.get(id)
    return old !== undefined && (old.position !== position || old.sectionId !== sectionId)
  })
}
