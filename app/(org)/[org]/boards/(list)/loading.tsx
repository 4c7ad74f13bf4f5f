import { Page } from '#components/shell/page.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

const rows = ['a', 'b', 'c', 'd', 'e']

/** The list of boards while it is read. */
export default function BoardsLoading() {
  return (
    <Page>
      <Skeleton className="h-7 w-40" />
      <Loading what="boards" className="divide-y divide-line rounded-group border border-line bg-surface">
        {rows.map((row) => (
          <div key={row} className="flex min-h-13.5 items-center gap-6 px-4">
            <Skeleton className="h-5 w-48" />
            <Skeleton className="h-7 w-16" />
            <Skeleton className="h-4 w-24" />
          </div>
        ))}
      </Loading>
    </Page>
  )
}
