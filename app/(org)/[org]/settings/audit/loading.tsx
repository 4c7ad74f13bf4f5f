import { Page } from '#components/shell/page.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

/** The size of what comes: the filters and twenty rows. */
export default function AuditLoading() {
  return (
    <Page>
      <Loading what="the audit log" className="grid gap-6">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="h-16 w-full" />
        <Skeleton className="h-192 w-full" />
      </Loading>
    </Page>
  )
}
