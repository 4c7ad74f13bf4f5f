import { BoardView, CardList, CardView, ObjectView } from '#lib/boards/schema.ts'
import type { Viewer } from './viewer.ts'

type By = Pick<Viewer, 'get' | 'post' | 'at'>

/** A board of this person's; returns its id. */
export const newBoard = async (viewer: By, name = 'Team'): Promise<string> =>
  (await viewer.post(viewer.at('boards'), { name }, BoardView)).body.id

/** Pastes a link on a board, and returns what the API says to that. */
export const paste = (viewer: By, board: string, url: string) =>
  viewer.post(viewer.at(`boards/${board}/objects`), { type: 'reference', url })

/** A board of this person's with a card for each of these links. */
export async function boardWith(viewer: By, ...urls: string[]): Promise<{ board: string; objects: string[] }> {
  const board = await newBoard(viewer)
  const objects: string[] = []
  for (const url of urls) objects.push(ObjectView.parse((await paste(viewer, board, url)).body).id)
  return { board, objects }
}

/** The cards of a board, as one person sees them. */
export const cardsOf = async (viewer: By, board: string) =>
  (await viewer.get(viewer.at(`boards/${board}/cards`), CardList)).body.items

/** How these stand for them, one after the other. */
export const states = async (viewer: By, board: string) => (await cardsOf(viewer, board)).map(({ state }) => state)

/** The card of a board that has one. */
export const onlyCard = async (viewer: By, board: string): Promise<CardView> =>
  CardView.parse((await cardsOf(viewer, board))[0])

/** A board with what stands on it. */
export const readBoard = async (viewer: By, board: string): Promise<BoardView> =>
  (await viewer.get(viewer.at(`boards/${board}`), BoardView)).body

/** Puts something on a board. */
export const addObject = async (viewer: By, board: string, object: object): Promise<ObjectView> =>
  (await viewer.post(viewer.at(`boards/${board}/objects`), object, ObjectView)).body
