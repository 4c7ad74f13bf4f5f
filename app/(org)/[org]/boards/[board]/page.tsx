import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { BoardPage } from '#components/boards/board-page.tsx'
import { readBoard } from '#lib/boards/queries.ts'
import { BoardParams, type BoardView } from '#lib/boards/schema.ts'
import { listProviders } from '#lib/connections/queries.ts'
import { csrfToken } from '#lib/http/csrf.ts'
import { problemOf } from '#lib/platform/client.ts'
import { requireActor } from '#lib/tenancy/gate.ts'
import { namesOfAdmins } from '#lib/tenancy/queries.ts'

type Props = { params: Promise<{ org: string; board: string }> }

/** The board, read once per request; unknown, hidden and another organization's read alike. */
const boardOf = cache(async (org: string, board: string): Promise<BoardView> => {
  const actor = await requireActor(org)
  const params = BoardParams.safeParse({ org, board })
  if (!params.success) notFound()
  return readBoard(actor, params.data.board).catch((error: unknown) => {
    if (problemOf(error).kind === 'not-found') notFound()
    throw error
  })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, board } = await params
  return { title: `${(await boardOf(org, board)).name} – Boards` }
}

/** A board. What its cards show is not in this page: each viewer's browser asks for it as that viewer. */
export default async function BoardRoute({ params }: Props) {
  const { org, board: id } = await params
  const actor = await requireActor(org)
  const board = await boardOf(org, id)
  const [providers, admins] = await Promise.all([listProviders(actor), namesOfAdmins(actor)])
  const { slug, name } = actor.organization
  const isAdmin = actor.role === 'owner' || actor.role === 'admin'
  return (
    <BoardPage
      place={{ org: { slug, name }, csrf: csrfToken(actor.sessionId ?? ''), admins }}
      viewer={actor.userId ?? ''}
      mayDelete={board.mayEdit && (isAdmin || board.createdBy.id === actor.userId)}
      initial={board}
      providers={providers}
    />
  )
}
