'use client'
import { createContext, useContext } from 'react'
import type { Place } from '#components/connections/place.ts'
import type { BoardView } from '#lib/boards/schema.ts'
import type { Cards } from './cards/use-cards.ts'
import type { Known } from './names.ts'
import type { Source } from './sources.ts'
import type { Adding } from './use-adding.ts'
import type { Changes } from './use-changes.ts'
import type { Moves } from './use-moves.ts'

/** One board as one viewer has it open: what stands on it, what is known of its cards, and everything that changes it. */
export type OpenBoard = {
  org: string
  /** The organization and the session, as the Connect form needs to know them. */
  place: Place
  viewer: string
  sources: readonly Source[]
  board: BoardView
  known: Known
  cards: Cards
  changes: Changes
  moves: Moves
  adding: Adding
  focus: (objectId: string) => void
  /** Whether our own server does not answer. */
  isSilent: boolean
  /** Whether the session has ended: then nothing that was seen is shown any more. */
  isEnded: boolean
  /** Asks for references, which go behind what had the focus last. */
  findReference: (options?: Finding) => void
}

export type Finding = {
  /** Called at once when something is chosen; the focus then stays where it was. */
  onChosen?: () => void
  /** Called once when the first of what was chosen stands on the board. */
  onAdded?: () => void
}

export const BoardContext = createContext<OpenBoard | null>(null)

/** The board that everything on its page is about. */
export function useOpenBoard(): OpenBoard {
  const board = useContext(BoardContext)
  if (!board) throw new Error('a part of a board stands outside of one')
  return board
}
