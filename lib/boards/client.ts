import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, request } from '#lib/platform/client.ts'
import type {
  BoardList,
  BoardView,
  CardList,
  CardView,
  NewObject,
  ObjectPatch,
  ObjectView,
  RemovedView,
} from './schema.ts'

const BOARD_POLLED_EVERY_MS = 5_000

const boardsPath = (org: string): string => `/api/v1/orgs/${org}/boards`
const boardPath = (org: string, board: string): string => `${boardsPath(org)}/${board}`
const objectPath = (org: string, board: string, object: string): string => `${boardPath(org, board)}/objects/${object}`

/** The boards, last changed first, page by page. */
export const boardsOf = (org: string) =>
  infiniteQueryOptions({
    queryKey: ['boards', org] as const,
    queryFn: ({ signal, pageParam }) =>
      ask<BoardList>(`${boardsPath(org)}${pageParam ? `?cursor=${encodeURIComponent(pageParam)}` : ''}`, { signal }),
    initialPageParam: null as string | null, // the type of the first, too
    getNextPageParam: ({ nextCursor }) => nextCursor,
    gcTime: 0, // whoever comes back gets the list that the page brings: a board may have been made or deleted
  })

/** A board, asked again every five seconds while its page is visible. */
export const boardOf = (org: string, board: string) =>
  queryOptions({
    queryKey: ['board', org, board] as const,
    queryFn: ({ signal }) => ask<BoardView>(boardPath(org, board), { signal }),
    refetchInterval: BOARD_POLLED_EVERY_MS,
    refetchIntervalInBackground: false,
  })

/** Some of a board's cards as this viewer sees them. */
export const readCards = async (org: string, board: string, objects: readonly string[]): Promise<CardView[]> =>
  (await ask<CardList>(`${boardPath(org, board)}/cards?objects=${objects.join(',')}`)).items

/** One card; `refresh` asks the source even if the viewer's copy is less than a minute old. */
export const readCard = (org: string, board: string, object: string, refresh = false): Promise<CardView> =>
  ask<CardView>(`${boardPath(org, board)}/cards/${object}${refresh ? '?refresh=1' : ''}`)

/** Makes a board. */
export const createBoard = (org: string, name: string): Promise<BoardView> =>
  ask<BoardView>(boardsPath(org), { method: 'POST', body: { name } })

/** Gives a board another name. */
export const renameBoard = (org: string, board: string, name: string): Promise<BoardView> =>
  ask<BoardView>(boardPath(org, board), { method: 'PATCH', body: { name } })

/** Removes a board and what stands on it. */
export async function deleteBoard(org: string, board: string): Promise<void> {
  await request(boardPath(org, board), { method: 'DELETE' })
}

/** Puts something on a board. Throws Problem, also `already-exists` (`extra.members.objectId`) and `link-not-recognized`. */
export const addObject = (org: string, board: string, object: NewObject): Promise<ObjectView> =>
  ask<ObjectView>(`${boardPath(org, board)}/objects`, { method: 'POST', body: object })

/** Changes an object or where it stands. */
export const changeObject = (org: string, board: string, object: string, patch: ObjectPatch): Promise<ObjectView> =>
  ask<ObjectView>(objectPath(org, board, object), { method: 'PATCH', body: patch })

/** Takes an object off a board; the answer's `undo` puts it back. */
export const removeObject = (org: string, board: string, object: string): Promise<RemovedView> =>
  ask<RemovedView>(objectPath(org, board, object), { method: 'DELETE' })

/** Puts back what this person took off the board, where and as it was. */
export const restoreObject = (org: string, board: string, undo: string): Promise<ObjectView> =>
  ask<ObjectView>(`${boardPath(org, board)}/objects`, { method: 'POST', body: { type: 'removed', undo } })
