'use client'
import { cva } from 'class-variance-authority'
import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { LiveRegion } from './live-region.tsx'
import { useModal } from './modal.ts'

const panel = cva(
  'float m-auto max-h-[calc(100dvh-2rem)] w-[calc(100%-2rem)] overflow-y-auto p-0 text-start normal-nums',
  {
    variants: { size: { normal: 'max-w-dialog', wide: 'max-w-dialog-wide' } },
  },
)

/** A modal, open while it is mounted: `{open && <Dialog ...>}`. What was typed into it is gone when it closes. */
export function Dialog({
  title,
  description,
  size = 'normal',
  onClose,
  children,
}: {
  title: string
  description?: ReactNode
  size?: 'normal' | 'wide'
  onClose: () => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <dialog
      {...useModal(onClose)}
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={panel({ size })}
    >
      <div className="flex items-start justify-between gap-4 p-6 pb-0">
        <div className="grid gap-1">
          <h2 id={`${id}-title`} className="font-semibold text-h2">
            {title}
          </h2>
          {description && (
            <div id={`${id}-description`} className="text-ink-2">
              {description}
            </div>
          )}
        </div>
        <Button variant="quiet" size="icon" aria-label="Close" className="-me-2 -mt-1" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      <div data-body className="grid grid-cols-1 gap-4 p-6">
        {children}
      </div>
      <LiveRegion />
    </dialog>
  )
}

/** The buttons at the end of a dialog or form in it: Cancel first, then what the dialog is for. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-end gap-2 pt-2">{children}</div>
}

/**
 * Asks before something that cannot be taken back. `title` is verb, object and question mark, `confirm` repeats the verb,
 * `children` say what follows, which is read out with it, `more` what else can be done. Focus starts on Cancel; Escape is Cancel.
 */
export function AlertDialog({
  title,
  confirm,
  tone = 'danger',
  busy = false,
  onConfirm,
  onClose,
  children,
  more,
}: {
  title: string
  confirm: string
  tone?: 'danger' | 'primary'
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
  children: ReactNode
  more?: ReactNode
}) {
  const id = useId()
  return (
    <dialog
      {...useModal(onClose)}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      className={panel({ size: 'normal' })}
    >
      <div className="grid gap-4 p-6">
        <h2 id={`${id}-title`} className="font-semibold text-h2">
          {title}
        </h2>
        <div id={`${id}-body`} data-body className="grid gap-3">
          {children}
        </div>
        {more}
        <DialogActions>
          <Button data-autofocus onClick={onClose}>
            Cancel
          </Button>
          <Button variant={tone} busy={busy} onClick={busy ? undefined : onConfirm}>
            {confirm}
          </Button>
        </DialogActions>
      </div>
      <LiveRegion />
    </dialog>
  )
}
