import { Button } from './button.tsx'

/** Asks for the next fifty of a list; while it does, a second press asks nothing. */
export function LoadMore({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  return (
    <div>
      <Button busy={busy} onClick={busy ? undefined : onMore}>
        Load 50 more
      </Button>
    </div>
  )
}
