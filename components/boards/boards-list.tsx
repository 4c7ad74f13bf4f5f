'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LoadMore } from '#components/ui/load-more.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { RowHead, Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { Time } from '#components/ui/time.tsx'
import { boardsOf } from '#lib/boards/client.ts'
import type { BoardList, BoardSummary } from '#lib/boards/schema.ts'

type Named = { id: string; name: string }

/** The boards there are, with the tools they draw from. Those that come later are asked for by a button. */
export function BoardsList({
  org,
  mayEdit,
  initial,
  sources,
}: {
  org: string
  mayEdit: boolean
  initial: BoardList
  sources: readonly Named[]
}) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...boardsOf(org),
    initialData: { pages: [initial], pageParams: [null] },
    networkMode: 'always',
    retry: false,
  })
  const boards = data.pages.flatMap(({ items }) => items)
  const firstNew = useRef<string | null>(null)
  useEffect(() => {
    const page = data.pages.at(-1)
    if (!firstNew.current || !page) return
    firstNew.current = null
    document.getElementById(`board-${page.items[0]?.id}`)?.focus()
  }, [data.pages])

  return (
    <div className="grid grid-cols-1 gap-4">
      {error && (
        <Notice
          tone="error"
          live="alert"
          actions={
            <Button size="row" onClick={() => void refetch()}>
              Retry
            </Button>
          }
        >
          Couldn't load the boards again. What you see is what was loaded before.
        </Notice>
      )}
      {boards.length === 0 ? (
        <EmptyState title="No boards yet.">
          {mayEdit
            ? 'A board shows repositories, files, issues and notes side by side, always as they are now. Make one with “New board”.'
            : 'Nobody has made one yet. Members and admins can.'}
        </EmptyState>
      ) : (
        <Table
          caption="Boards"
          head={
            <>
              <Th>Name</Th>
              <Th>Sources</Th>
              <Th>Edited</Th>
              <Th>Made by</Th>
            </>
          }
        >
          {boards.map((board) => (
            <Row key={board.id} org={org} board={board} sources={sources} />
          ))}
        </Table>
      )}
      {hasNextPage && (
        <LoadMore
          busy={isFetchingNextPage}
          onMore={() => {
            firstNew.current = 'next'
            void fetchNextPage()
          }}
        />
      )}
    </div>
  )
}

function Row({ org, board, sources }: { org: string; board: BoardSummary; sources: readonly Named[] }) {
  const nameOf = (id: string) => sources.find((source) => source.id === id)?.name ?? id
  return (
    <Tr>
      <RowHead>
        <Link
          id={`board-${board.id}`}
          href={`/${org}/boards/${board.id}`}
          prefetch={false}
          className="inline-block min-h-6 break-words hover:underline"
        >
          {board.name}
        </Link>
      </RowHead>
      <Td label="Sources">
        {board.providers.length > 0 ? (
          <ul className="flex flex-wrap gap-1">
            {board.providers.map((id) => (
              <li key={id} className="flex items-center gap-1.5">
                <ProviderIcon provider={id} />
                <span className={board.providers.length > 2 ? 'sr-only' : 'text-ink-2'}>{nameOf(id)}</span>
              </li>
            ))}
          </ul>
        ) : (
          <span className="text-ink-3">None yet</span>
        )}
      </Td>
      <Td label="Edited">
        <Time value={board.updatedAt} />
      </Td>
      <Td label="Made by">{board.createdBy}</Td>
    </Tr>
  )
}
