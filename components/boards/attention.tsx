'use client'
import { useOpenBoard } from './board-context.ts'
import { ConnectOwn } from './cards/connect-own.tsx'
import { needsAttention, needsOwnAccount } from './cards/sight.ts'
import type { Reference } from './outline.ts'

const count = (number: number, noun: string): string => `${number} ${number === 1 ? noun : `${noun}s`}`

/** How many cards wait for the viewer's own account, and how many for somebody's care. */
export function Attention() {
  const { known, cards, sources, focus, isEnded } = useOpenBoard()
  const references = known.objects.filter((object): object is Reference => object.type === 'reference')
  const stateOf = ({ id }: Reference) => cards.views.get(id)?.state
  const isIn = (object: Reference, some: (state: NonNullable<ReturnType<typeof stateOf>>) => boolean): boolean => {
    const state = stateOf(object)
    return state !== undefined && some(state)
  }
  const ill = references.filter((object) => isIn(object, needsAttention))
  const [first] = ill
  const locked = sources.flatMap((source) => {
    const own = references.filter(({ provider }) => provider === source.id)
    const isLocked = own.some((object) => isIn(object, needsOwnAccount))
    // what is missing is missing for all of them, also for those that were not looked at yet
    return isLocked && source.slot.may.connect ? [{ source, count: own.length }] : []
  })
  if (isEnded) return null
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 empty:hidden">
      {first && (
        <button type="button" className="link min-h-8" onClick={() => focus(first.id)}>
          {count(ill.length, 'card')} {ill.length === 1 ? 'needs' : 'need'} attention
        </button>
      )}
      {locked.map(({ source, count: number }) => (
        <div key={source.id} className="flex flex-wrap items-center gap-2" data-locked={source.id}>
          <p>
            {count(number, 'card')} {number === 1 ? 'needs' : 'need'} your {source.name}
          </p>
          <ConnectOwn source={source} label="Connect once" />
        </div>
      ))}
    </div>
  )
}
