'use client'
import { Switch } from '#components/ui/checkbox.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { setSingleKeys, shortcuts, useSingleKeys } from './shortcuts.ts'

/** What can be done by keyboard, and the switch for keys that act alone. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const isOn = useSingleKeys()
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <Switch
        label="Single-key shortcuts"
        hint="Keys that act without Ctrl or ⌘. They never act while you type."
        checked={isOn}
        onChange={(event) => setSingleKeys(event.target.checked)}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        {shortcuts
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
