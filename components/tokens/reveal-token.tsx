'use client'
import { type SyntheticEvent, useId } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Input } from '#components/ui/input.tsx'
import { LiveRegion } from '#components/ui/live-region.tsx'
import { useModal } from '#components/ui/modal.ts'

/** A value that was just made and is told by its name. */
export type MadeToken = { name: string; value: string }

/** The one time a value is seen: the dialog stays until somebody says that they have stored it. */
export function RevealToken({ made: { name, value }, onStored }: { made: MadeToken; onStored: () => void }) {
  const id = useId()
  const modal = useModal(() => announce('Store the value first. You won’t see it again.', 'assertive'))
  // the browser closes on a second Escape without asking
  const openAgain = ({ target, currentTarget: dialog }: SyntheticEvent<HTMLDialogElement>) => {
    if (target === dialog && dialog.isConnected && !dialog.open) dialog.showModal()
  }
  return (
    <dialog
      {...modal}
      onClose={openAgain}
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-hint`}
      className="float m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] max-w-dialog overflow-y-auto p-0 text-start"
    >
      <div data-body className="grid grid-cols-1 gap-4 p-6">
        <div className="grid gap-1">
          <h2 id={`${id}-title`} className="font-semibold text-h2">
            Store {name} now
          </h2>
          <p id={`${id}-hint`} className="text-ink-2">
            You won’t see this again. Keep it where your scripts read their secrets, never in code.
          </p>
        </div>
        <Field label="Token">
          {(control) => (
            <Input
              {...control}
              mono
              readOnly
              autoComplete="off"
              spellCheck={false}
              value={value}
              onFocus={({ target }) => target.select()}
            />
          )}
        </Field>
        <div>
          <CopyButton value={value} label="Copy" />
        </div>
        <DialogActions>
          <Button variant="primary" onClick={onStored}>
            I’ve stored it
          </Button>
        </DialogActions>
      </div>
      <LiveRegion />
    </dialog>
  )
}
