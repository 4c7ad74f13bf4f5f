import type { ContextCard } from './use-context-cards.ts'

const LENGTH = 50
const clipped = (text: string): string => (text.length > LENGTH ? `${text.slice(0, LENGTH - 1).trimEnd()}…` : text)

/** Three questions to begin with, made from what this person can see on the board. */
export function starterQuestions(board: string, cards: readonly ContextCard[]): string[] {
  const [first, second] = cards
  return [
    `What changed lately on ${clipped(board)}?`,
    first ? `What should I know about ${clipped(first.title)}?` : 'What is on this board?',
    first && second
      ? `How do ${clipped(first.title)} and ${clipped(second.title)} belong together?`
      : 'What needs somebody’s attention?',
  ]
}
