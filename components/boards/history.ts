const KEPT = 50

/** What to do with the focus after a step; null when the step could not be made. */
export type Done = { focus: string | null } | null
/** A change that can be taken back and made again. `what` is said when that happens: "removed Note: Check the limits". */
export type Change = { what: string; undo: () => Promise<Done>; redo: () => Promise<Done> }
export type History = { past: readonly Change[]; future: readonly Change[] }

export const noHistory: History = { past: [], future: [] }

/** A new change: what was taken back before it can no longer be made again. The last fifty are kept. */
export const changed = ({ past }: History, change: Change): History => ({
  past: [...past, change].slice(-KEPT),
  future: [],
})

/** After the last change was taken back. */
export function undone({ past, future }: History): History {
  const last = past.at(-1)
  return last ? { past: past.slice(0, -1), future: [last, ...future] } : { past, future }
}

/** After the change that was taken back last was made again. */
export function redone({ past, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, next], future: rest } : { past, future }
}

/** Without a change that can be neither taken back nor made again: the board is no longer what it was. */
export const forgotten = ({ past, future }: History, change: Change): History => ({
  past: past.filter((one) => one !== change),
  future: future.filter((one) => one !== change),
})
