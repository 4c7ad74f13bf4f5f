'use client'
import { Button } from '#components/ui/button.tsx'
import { ErrorDetails } from '#components/ui/details.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { useOpenBoard } from './board-context.ts'

const MOST = 5
/** What concerns the whole board: the session, sources that do not answer, what could not be done. */
export function Messages() {
  const { known, cards, changes, isEnded, isSilent } = useOpenBoard()
  const isOnline = useOnline()
  const views = [...cards.views.values()]
  const silent = [
    ...new Set(views.filter(({ state }) => state === 'stale' || state === 'error').map((view) => view.provider)),
  ]
  const { trouble, dismiss } = changes
  return (
    <div className="grid gap-2 empty:hidden">
      {isEnded && <SignedOut />}
      {isOnline && isSilent && (
        <Notice tone="warn" live="status">
          Plugboard isn't answering. What you see may be old; it is asked again every few seconds.
        </Notice>
      )}
      {trouble && (
        <Notice
          tone="error"
          actions={
            <Button size="row" onClick={dismiss}>
              Dismiss
            </Button>
          }
        >
          {trouble.text}
          <ErrorDetails requestId={trouble.requestId} />
        </Notice>
      )}
      {isOnline &&
        !isEnded &&
        silent.slice(0, MOST).map((provider) => (
          <Notice key={provider} tone="warn">
            {known.providerName(provider)} isn't answering. Cards show what you last loaded.
          </Notice>
        ))}
    </div>
  )
}

function SignedOut() {
  return (
    <Notice tone="warn" live="alert" title="Sign in again to continue">
      What you typed is kept.{' '}
      <a className="link" href={`/login?next=${encodeURIComponent(location.pathname)}`} target="_blank" rel="noopener">
        Sign in (opens in new tab)
      </a>
    </Notice>
  )
}
