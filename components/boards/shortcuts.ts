import type { Shortcut } from '#components/shell/shortcuts-dialog.tsx'

/** What the keys of a board do, to be read. */
export const boardShortcuts: readonly Shortcut[] = [
  { keys: '@', does: 'Add a reference', isSingle: true },
  { keys: 'Ctrl or ⌘ K', does: 'Add a reference' },
  { keys: 'Ctrl or ⌘ V', does: 'Paste a link as a card' },
  { keys: 'Ctrl or ⌘ Shift V', does: 'Paste a link as plain text' },
  { keys: 'R', does: 'Refresh the cards in view', isSingle: true },
  { keys: 'Alt ↑ or ↓', does: 'Move the focused object' },
  { keys: 'Enter', does: 'Open a card, edit a note or section' },
  { keys: 'F2', does: 'Change words: note, name, caption or label' },
  { keys: 'Delete', does: 'Remove the focused object' },
  { keys: 'Ctrl or ⌘ Z', does: 'Undo' },
  { keys: 'Ctrl or ⌘ Shift Z', does: 'Redo' },
]
