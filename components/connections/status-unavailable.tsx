'use client'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'

/** Said where a status could not be asked for, with the way to ask again. */
export function StatusUnavailable({ busy, onRetry }: { busy: boolean; onRetry: () => void }) {
  return (
    <Notice
      tone="warn"
      title="Status unavailable"
      actions={
        <Button size="row" busy={busy} onClick={busy ? undefined : onRetry}>
          Retry
        </Button>
      }
    >
      The status could not be asked for. Connections go on working; what is shown here may be old.
    </Notice>
  )
}
