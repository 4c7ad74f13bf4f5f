import type { Group, Option } from './groups.ts'

const leads: readonly Option['type'][] = ['search', 'connect', 'open', 'retry']

/** Rows that take one away from what one searches. */
const leavings: readonly Option['type'][] = ['connect', 'open', 'retry']

/**
 * The option that Enter takes: the one chosen by arrow or pointer, else the first. A row that only leads somewhere else is
 * not taken while sources are still answering, nor before what another source found.
 */
export function activeOf(groups: readonly Group[], chosen: string | null): Option | undefined {
  const options = groups.flatMap((group) => group.options).filter(({ type }) => type !== 'closed')
  const kept = options.find(({ id }) => id === chosen)
  const isComing = groups.some(({ isBusy }) => isBusy)
  const first = options.find(({ type }) => !isComing || !leads.includes(type))
  const isLeaving = first !== undefined && leavings.includes(first.type)
  return kept ?? (isLeaving ? options.find(({ type }) => type === 'resource') : undefined) ?? first
}

type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean }
type At = {
  options: readonly Option[]
  active: Option | undefined
  text: string
  /** The caret, null while something is selected. */
  caret: number | null
  depth: number
}
export type Act = { to: string } | { does: 'choose' | 'stay' | 'enter' | 'back' } | null

const isDoor = (option: Option | undefined): boolean =>
  option?.type === 'level' || (option?.type === 'resource' && option.into !== null)

function moveTo(key: string, { options, active }: At): Act {
  const all = options.filter(({ type }) => type !== 'closed')
  const at = all.findIndex(({ id }) => id === active?.id)
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }
  const place = places[key]
  if (place === undefined || all.length === 0) return null
  const option = all.at(place % all.length)
  return option ? { to: option.id } : null
}

/** What a key does in the palette's field; null leaves it to the field. */
export function keyAct(pressed: Pressed, at: At): Act {
  const { key } = pressed
  const { active, text, caret, depth } = at
  if (key === 'Enter') return { does: pressed.ctrlKey || pressed.metaKey ? 'stay' : 'choose' }
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  const isEmpty = text === ''
  if (key === '>' && isEmpty && isDoor(active)) return { does: 'enter' }
  if (pressed.shiftKey) return null
  if (key === 'ArrowRight' && caret === text.length && isDoor(active)) return { does: 'enter' }
  if (key === 'ArrowLeft' && caret === 0 && depth > 1) return { does: 'back' }
  if (key === 'Backspace' && isEmpty && depth > 1) return { does: 'back' }
  return moveTo(key, at)
}
