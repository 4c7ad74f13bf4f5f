'use client'
import { announce } from '#components/ui/announce.ts'
import { changeObject } from '#lib/boards/client.ts'
import type { Done } from './history.ts'
import { movesTo, relocate, type Standing, sayStanding, standingOf } from './outline.ts'
import type { LiveBoard } from './use-board.ts'
import type { Changes } from './use-changes.ts'

type Spot = Pick<Standing, 'section' | 'index'>

export type Moves = {
  step: (objectId: string, name: string, way: 'up' | 'down') => Promise<void>
  toSection: (objectId: string, name: string, section: string | null) => Promise<void>
}

/** Moves objects, at once on the screen and then on the server, and says where they stand. */
export function useMoves(
  org: string,
  live: LiveBoard,
  { attempt, history }: Pick<Changes, 'attempt' | 'history'>,
  focus: (objectId: string) => void,
): Moves {
  const put = async (objectId: string, spot: Spot): Promise<Done> => {
    const patches = movesTo(live.objects(), objectId, spot)
    const done = await attempt(
      async () => {
        for (const patch of patches) await changeObject(org, live.board.id, objectId, patch)
        return { focus: objectId }
      },
      (objects) => relocate(objects, objectId, spot),
    )
    return done
  }
  const move = async (objectId: string, name: string, spot: Spot, said: string) => {
    const from = standingOf(live.objects(), objectId)
    if (!from) return
    const moving = put(objectId, spot)
    announce(`${said} ${sayStanding(relocate(live.objects(), objectId, spot), objectId)}`)
    focus(objectId)
    const what = `moved ${name}`
    await history.record(
      moving,
      (done) => done && { what, undo: () => put(objectId, from), redo: () => put(objectId, spot) },
    )
  }
  return {
    step: async (objectId, name, way) => {
      const from = standingOf(live.objects(), objectId)
      if (!from) return
      const index = from.index + (way === 'up' ? -1 : 1)
      if (index < 0) return announce('Already the first.')
      if (index >= from.count) return announce('Already the last.')
      await move(objectId, name, { section: from.section, index }, way === 'up' ? 'Moved up.' : 'Moved down.')
    },
    toSection: async (objectId, name, section) => {
      const from = standingOf(live.objects(), objectId)
      if (!from || from.section === section) return
      const index = live.objects().filter((one) => one.section === section && one.type !== 'connector').length
      await move(objectId, name, { section, index }, 'Moved.')
    },
  }
}
