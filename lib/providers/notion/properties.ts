import { z } from 'zod'
import { type PageObject, RichText } from './shapes.ts'

/** What something without a name is called, as Notion does. */
export const UNTITLED = 'Untitled'

/** The title is the one property of that type, whatever it is called. */
export function titleOf({ properties }: PageObject): string {
  const title = Object.values(properties).find((property) => property?.type === 'title')
  return RichText.parse(title?.title).trim() || UNTITLED
}

const Choice = z.object({ name: z.string() })

/** Where a row stands: its status, else what is chosen in the first list of choices. */
export function stateOf({ properties }: PageObject): string {
  const all = Object.values(properties)
  for (const type of ['status', 'select']) {
    const property = all.find((one) => one?.type === type)
    const chosen = Choice.safeParse(property?.[type]).data?.name
    if (chosen) return chosen
  }
  return ''
}
