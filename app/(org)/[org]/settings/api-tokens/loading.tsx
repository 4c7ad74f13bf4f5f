import { Page } from '#components/shell/page.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

/** The size of what comes: a heading and a table. */
export default function ApiTokensLoading() {
  return (
    <Page>
      <Loading what="API tokens" className="grid gap-6">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-64 w-full" />
      </Loading>
    </Page>
  )
}
