'use client'
import { Jack } from '#components/ui/jack.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { CardState, CardView, ObjectView } from '#lib/boards/schema.ts'
import { useOpenBoard } from './board-context.ts'
import { ConnectOwn } from './cards/connect-own.tsx'
import { needsAttention, needsOwnAccount } from './cards/sight.ts'
import type { Reference } from './outline.ts'

const count = (number: number, noun: string): string => `${number} ${number === 1 ? noun : `${noun}s`}`

const isReference = (object: ObjectView): object is Reference => object.type === 'reference'

const frameOf = (object: Reference | undefined) =>
  object && document.querySelector<HTMLElement>(`[data-object="${CSS.escape(object.id)}"]`)

type Judge = (state: CardState) => boolean
const isIn = (views: ReadonlyMap<string, CardView>, { id }: Reference, judge: Judge): boolean => {
  const view = views.get(id)
  return view !== undefined && judge(view.state)
}

/** How many cards wait for the viewer's own account at a source, and the way to connect it, once. */
export function Locked() {
  const { known, cards, sources, isEnded } = useOpenBoard()
  const references = known.objects.filter(isReference)
  // what the button was for is there now: one goes on from the first card
  const kept = useKeptFocus<HTMLDivElement>((around) =>
    around.querySelector('button') ? null : frameOf(references[0]),
  )
  if (isEnded) return null
  const locked = sources.flatMap((source) => {
    const own = references.filter(({ provider }) => provider === source.id)
    const isLocked = own.some((object) => isIn(cards.views, object, needsOwnAccount))
    // what is missing is missing for all of them, also for those that were not looked at yet
    return isLocked && source.slot.may.connect ? [{ source, number: own.length }] : []
  })
  return (
    <div {...kept} className="contents">
      {locked.map(({ source, number }) => (
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

/** How many cards somebody should look at; leads to the first. */
export function Ill() {
  const { known, cards, focus, isEnded } = useOpenBoard()
  const ill = known.objects.filter(isReference).filter((object) => isIn(cards.views, object, needsAttention))
  const [first] = ill
  if (!first || isEnded) return null
  return (
    <button type="button" className="link flex min-h-8 min-w-8 items-center" onClick={() => focus(first.id)}>
      {/* a phone has no room for the words: they would push down what stands below */}
      <span className="max-sm:sr-only">
        {count(ill.length, 'card')} {ill.length === 1 ? 'needs' : 'need'} attention
      </span>
      <span aria-hidden="true" className="flex items-center gap-1 tabular-nums sm:hidden">
        <Jack name="attention" className="text-warn-icon" />
        {ill.length}
      </span>
    </button>
  )
}
