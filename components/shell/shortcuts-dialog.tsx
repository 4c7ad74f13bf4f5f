'use client'
import { Dialog } from '#components/ui/dialog.tsx'
import { useSingleKeys } from '#components/ui/single-keys.ts'
import { SingleKeysSwitch } from '#components/ui/single-keys-switch.tsx'

/** `isSingle`: goes away with the single keys. */
export type Shortcut = { keys: string; does: string; isSingle?: true }

const everywhere: readonly Shortcut[] = [
  { keys: 'G then B', does: 'Boards', isSingle: true },
  { keys: 'G then I', does: 'Integrations', isSingle: true },
  { keys: 'G then O', does: 'Switch organization', isSingle: true },
  { keys: '?', does: 'This list', isSingle: true },
]

/** What can be done by keyboard, here and everywhere, and the switch for keys that act alone. */
export function ShortcutsDialog({ here = [], onClose }: { here?: readonly Shortcut[]; onClose: () => void }) {
  const isOn = useSingleKeys()
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <SingleKeysSwitch />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        {[...here, ...everywhere]
          .filter(({ isSingle }) => isOn || !isSingle)
          .map(({ keys, does }) => (
            <div key={keys} className="contents">
              <dt className="font-mono text-ink-2">{keys}</dt>
              <dd>{does}</dd>
            </div>
          ))}
      </dl>
    </Dialog>
  )
}
