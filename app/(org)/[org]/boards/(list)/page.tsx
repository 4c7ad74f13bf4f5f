import type { Metadata } from 'next'
import { BoardsList } from '#components/boards/boards-list.tsx'
import { NewBoard } from '#components/boards/new-board.tsx'
import { FirstRun } from '#components/connections/first-run.tsx'
import { ForbiddenMessage } from '#components/shell/forbidden-message.tsx'
import { Page } from '#components/shell/page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { listBoards } from '#lib/boards/queries.ts'
import { listProviders, readFirstRun } from '#lib/connections/queries.ts'
import { requireActor } from '#lib/tenancy/gate.ts'

export const metadata: Metadata = { title: 'Boards' }

/** The organization's boards, last changed first. */
export default async function BoardsPage({ params }: { params: Promise<{ org: string }> }) {
  const actor = await requireActor((await params).org)
  if (actor.role === 'guest')
    return (
      <Page>
        <ForbiddenMessage
          title="No board has been shared with you"
          who="Guests see the boards that are shared with them. Ask the person who invited you."
        />
      </Page>
    )
  const { slug, name } = actor.organization
  const [boards, providers, firstRun] = await Promise.all([
    listBoards(actor),
    listProviders(actor),
    readFirstRun(actor),
  ])
  const mayEdit = actor.role !== 'reviewer'
  return (
    <Page>
      <PageHeader
        title="Boards"
        sub={`What ${name} works on, live from its tools.`}
        actions={mayEdit && <NewBoard org={slug} />}
      />
      <BoardsList
        org={slug}
        mayEdit={mayEdit}
        initial={boards}
        sources={providers.items.map((provider) => ({ id: provider.id, name: provider.name }))}
      />
      <FirstRun org={slug} initial={firstRun} />
    </Page>
  )
}
