/** What is selected, and the row that a range begins at. */
export type Selection = { ids: ReadonlySet<string>; from: string | null }

export const nothingSelected: Selection = { ids: new Set(), from: null }

/** The rows between two, both among them, in the order they are shown in. */
function between(shown: readonly string[], a: string, b: string): string[] {
  const [first = -1, last = -1] = [shown.indexOf(a), shown.indexOf(b)].sort((x, y) => x - y)
  return first < 0 ? [] : shown.slice(first, last + 1)
}

/** A row is chosen or not any more; with `isRange` all rows since the one chosen before become as this one does. */
export function choose(selection: Selection, shown: readonly string[], id: string, isRange: boolean): Selection {
  const isOn = !selection.ids.has(id)
  const range = isRange && selection.from !== null ? between(shown, selection.from, id) : []
  const ids = new Set(selection.ids)
  for (const one of range.length > 0 ? range : [id]) {
    if (isOn) ids.add(one)
    else ids.delete(one)
  }
  return { ids, from: id }
}

/** All that is shown, or nothing of it if all of it was chosen. */
export function chooseAll({ ids, from }: Selection, shown: readonly string[]): Selection {
  const isAll = shown.every((id) => ids.has(id))
  const rest = [...ids].filter((id) => !shown.includes(id))
  return { ids: new Set(isAll ? rest : [...rest, ...shown]), from }
}
