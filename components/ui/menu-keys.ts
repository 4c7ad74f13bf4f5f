/**
 * The item a key moves to, by index, or null where the key is not the menu's. `at` is -1 while the search field has focus,
 * which keeps every key but the vertical arrows for itself. One letter goes to the next item that starts with it.
 */
export function nextItem(labels: readonly string[], at: number, key: string, typing: boolean): number | null {
  const last = labels.length - 1
  if (last < 0) return null
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1
  if (typing) return null
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key.length !== 1 || key === ' ') return null
  const wanted = key.toLocaleLowerCase()
  const after = [...labels.keys()].map((step) => (at + 1 + step) % labels.length)
  return after.find((index) => labels[index]?.trim().toLocaleLowerCase().startsWith(wanted)) ?? null
}
