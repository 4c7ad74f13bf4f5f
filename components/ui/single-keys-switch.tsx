'use client'
import { Switch } from './checkbox.tsx'
import { setSingleKeys, useSingleKeys } from './single-keys.ts'

/** Turns the keys that act alone on or off, in this browser. */
export function SingleKeysSwitch() {
  return (
    <Switch
      label="Single-key shortcuts"
      hint="Keys that act without Ctrl or ⌘. They never act while you type."
      checked={useSingleKeys()}
      onChange={(event) => setSingleKeys(event.target.checked)}
    />
  )
}
