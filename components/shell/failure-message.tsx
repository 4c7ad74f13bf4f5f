import { buttonLook } from '#components/ui/button-look.ts'

/** What our own failure reads. `code` is the digest under which the server logged it; it can be selected at a click. */
export function FailureMessage({ code, onRetry }: { code?: string; onRetry: () => void }) {
  return (
    <>
      <div className="grid gap-1">
        <h1 className="font-semibold text-h1">Something went wrong on our side</h1>
        <p className="text-ink-2">
          Your data is safe. Try again; if it keeps happening,{' '}
          {code ? (
            <>
              send us this code: <code className="select-all font-mono text-ink">{code}</code>
            </>
          ) : (
            'tell us what you did.'
          )}
        </p>
      </div>
      <div>
        <button type="button" className={buttonLook()} onClick={onRetry}>
          Try again
        </button>
      </div>
    </>
  )
}
