import { counted } from '#components/ui/counted.ts'
import type { ImpactView } from '#lib/connections/leave-schema.ts'

/** How many boards show a provider's cards, in a sentence. */
export function boardsWords({ boards, readsCards }: ImpactView, name: string): string {
  if (!readsCards) return "Boards don't use this connection."
  if (boards === 0) return `No boards show ${name} cards.`
  return `${counted(boards, 'board shows', 'boards show')} ${name} cards.`
}

/** What follows from disconnecting, a sentence each. */
export function impactLines({ slot, readsCards, boards, answers }: ImpactView, name: string): string[] {
  if (slot === 'user') return ['Only your own cards change.']
  if (!readsCards) return [`Each person's own ${name} account stays connected, and so do their cards.`]
  return [
    ...(boards > 0 ? [`They'll say ${name} is disconnected.`] : []),
    ...(answers ? [`Nobody can ask a board until ${name} is connected again.`] : []),
  ]
}

/** Whether anything would stop working; what is not known may. */
export const isInUse = (impact: ImpactView | undefined): boolean => !impact || impact.boards > 0 || impact.answers
