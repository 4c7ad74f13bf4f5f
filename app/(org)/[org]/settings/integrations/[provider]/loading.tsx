import { Page } from '#components/shell/page.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

/** A provider's header, sections and first block, of the size they will have. */
export default function ProviderLoading() {
  return (
    <Page>
      <Loading what="the integration" className="grid gap-6">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-14 w-80" />
        <Skeleton className="h-10" />
        <Skeleton className="h-40" />
      </Loading>
    </Page>
  )
}
