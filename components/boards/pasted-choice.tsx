'use client'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { audienceText } from './audience.ts'
import { useOpenBoard } from './board-context.ts'
import { spokenName } from './names.ts'
import type { Reference } from './outline.ts'

const OFFERED_MS = 8000

const chosen = 'aria-pressed:bg-inset aria-pressed:text-ink'

/** After a link was pasted: how it stands on the board. It goes by itself after eight seconds in which nobody is at it. */
export function PastedChoice({ object, url }: { object: Reference; url: string }) {
  const { known, changes, adding, focus, sources, place } = useOpenBoard()
  const { forgetPasted } = adding
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(forgetPasted, OFFERED_MS)
    return () => clearTimeout(timer)
  }, [isHeld, forgetPasted])

  const audience = audienceText(known.cardOf(object.id)?.resource, sources, place.org.name)

  const done = () => {
    forgetPasted()
    focus(object.id)
  }
  const show = (size: Reference['size'], said: string) => {
    void changes.edit(object.id, { size }).then((changed) => changed && announce(said))
    done()
  }
  const link = async () => {
    forgetPasted()
    const [id] = await adding.keepLinks([url], { section: object.section, after: object.id })
    if (!id) return
    await changes.remove(object, spokenName(object, known))
    focus(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    done()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; these are three ways to show one thing
    <div
      role="group"
      aria-label="Show the link as"
      className="float absolute end-3 bottom-0 z-10 flex max-w-full translate-y-3/4 flex-wrap gap-1 p-1"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
      onKeyDown={onKeyDown}
    >
      <Button
        variant="quiet"
        size="row"
        className={chosen}
        aria-pressed={object.size !== 'S'}
        onClick={() => show('M', 'Shown as a card.')}
      >
        Card
      </Button>
      <Button
        variant="quiet"
        size="row"
        className={chosen}
        aria-pressed={object.size === 'S'}
        onClick={() => show('S', 'Shown as a mention.')}
      >
        Mention
      </Button>
      <Button variant="quiet" size="row" onClick={() => void link()}>
        Link
      </Button>
      {audience && <p className="w-full px-2 pb-1 text-small">{audience}</p>}
    </div>
  )
}
