import { Page } from '#components/shell/page.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Loading, Skeleton } from '#components/ui/skeleton.tsx'

const rows = Array.from({ length: 13 }, (_, at) => at)

/** The hub's 13 rows, of the size they will have. */
export default function IntegrationsLoading() {
  return (
    <Page>
      {/* no heading yet: the page's own takes the focus of a followed link */}
      <p className="font-semibold text-h1">Integrations</p>
      <Loading what="integrations" className="grid gap-6">
        <Skeleton className="h-11" />
        <Skeleton className="h-8" />
        <Panel>
          {rows.map((row) => (
            <div key={row} className="flex h-13.5 items-center gap-3 px-3">
              <Skeleton className="size-7" />
              <Skeleton className="h-5 w-32" />
              <Skeleton className="ms-auto h-6 w-28" />
            </div>
          ))}
        </Panel>
      </Loading>
    </Page>
  )
}
