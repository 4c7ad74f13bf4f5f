import { Button, ButtonLink } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'

/** What an unknown address and a forbidden one read alike. `home` is where the boards are. */
export function NotFoundMessage({ home }: { home: string }) {
  return (
    <>
      <PageHeader
        title="Page not found"
        sub="Check the address, or the item may have been removed or you don't have access."
      />
      <div>
        <ButtonLink href={home}>Go to boards</ButtonLink>
      </div>
    </>
  )
}

/** What one who may see the area but not this page reads: what it is, who can open it, whom to ask. */
export function ForbiddenMessage({ title, who }: { title: string; who: string }) {
  return <PageHeader title={title} sub={who} />
}

/** What our own failure reads. `code` is the digest under which the server logged it. */
export function FailureMessage({ code, onRetry }: { code?: string; onRetry: () => void }) {
  return (
    <>
      <PageHeader
        title="Something went wrong on our side"
        sub={
          code
            ? `Your data is safe. Try again; if it keeps happening, send us this code: ${code}`
            : 'Your data is safe. Try again; if it keeps happening, tell us what you did.'
        }
      />
      <div className="flex gap-2">
        <Button onClick={onRetry}>Try again</Button>
        {code && <CopyButton value={code} label="Copy code" />}
      </div>
    </>
  )
}
