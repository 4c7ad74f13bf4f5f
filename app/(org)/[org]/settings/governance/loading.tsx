import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

/** The size of what comes: a heading and a table. */
export default function GovernanceLoading() {
  return (
    <Loading what="governance" className="grid gap-6">
      <Skeleton className="h-6 w-48" />
      <Skeleton className="h-64 w-full" />
    </Loading>
  )
}
