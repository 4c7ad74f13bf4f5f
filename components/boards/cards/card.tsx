'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type RefObject, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { MenuSection } from '#components/ui/menu-item.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { problemOf } from '#lib/platform/client.ts'
import { useOpenBoard } from '../board-context.ts'
import { CaptionDialog } from '../caption-dialog.tsx'
import { webAddress } from '../links.ts'
import { spokenName } from '../names.ts'
import { ObjectFrame } from '../object-frame.tsx'
import { ObjectMenu } from '../object-menu.tsx'
import type { Reference } from '../outline.ts'
import { PastedChoice } from '../pasted-choice.tsx'
import { seenBy } from '../sources.ts'
import { useNow } from '../use-now.ts'
import { usePageVisible } from '../use-page-visible.ts'
import { CardFace } from './card-face.tsx'
import { ConnectOwn } from './connect-own.tsx'
import type { CardAction } from './locked.tsx'
import { type Sight, sightOf } from './sight.ts'
import { useNear } from './use-near.ts'

const sizes = [
  ['S', 'Small'],
  ['M', 'Medium'],
  ['L', 'Large'],
] as const

/** A card as it can be drawn now. It is read once it comes near the screen, and by nobody in a background tab. */
function useSight(objectId: string, place: RefObject<Element | null>): Sight {
  const { cards, isEnded } = useOpenBoard()
  const isNear = useNear(place)
  const isVisible = usePageVisible()
  const isOnline = useOnline()
  const { data: card, error } = useQuery({ ...cards.queryOf(objectId), enabled: isNear && isVisible && !isEnded })
  const failure = isEnded ? { kind: 'sign-in-required', message: '' } : error && problemOf(error)
  return sightOf({ card, failure, isOnline })
}

/** What a card's button does, besides connecting. */
function useAction(object: Reference): (action: CardAction) => void {
  const { org, known, cards, changes } = useOpenBoard()
  const router = useRouter()
  const refresh = () => void cards.refresh([object.id])
  const path = `/${org}/settings/integrations/${object.provider}`
  const elsewhere = () => router.push(path)
  const actions: Record<CardAction, () => void> = {
    retry: refresh,
    refresh,
    remove: () => void changes.remove(object, spokenName(object, known)),
    connect: elsewhere,
    reconnect: elsewhere,
    ask_admin: elsewhere,
    change: () => router.push(`${path}/resources`),
    enable: () => router.push(`${path}/config`),
  }
  return (action) => actions[action]()
}

/** Nobody is offered what their role refuses. */
const allowed = (sight: Sight, mayEdit: boolean): Sight =>
  sight.action?.id === 'remove' && !mayEdit ? { ...sight, action: undefined } : sight

/** A reference as this viewer sees it. */
export function Card({ object }: { object: Reference }) {
  const { board, known, changes, sources, findReference, adding } = useOpenBoard()
  // a button that goes with what it was for leaves the focus on the card
  const kept = useKeptFocus<HTMLDivElement>((around) => around.querySelector<HTMLElement>('[data-object]'))
  const place = kept.ref
  const sight = allowed(useSight(object.id, place), board.mayEdit)
  const now = useNow()
  const onAction = useAction(object)
  const [isCaptioning, setIsCaptioning] = useState(false)
  const provider = known.providerName(object.provider)
  const source = sources.find(({ id }) => id === object.provider)

  const caption = board.mayEdit ? () => setIsCaptioning(true) : () => {}
  const open = () => place.current?.querySelector<HTMLAnchorElement>('[data-open]')?.click()
  const replace = () => findReference({ onAdded: () => onAction('remove') })
  const own = { object, sight, provider, mayEdit: board.mayEdit, refresh: () => onAction('refresh'), caption }
  return (
    <div {...kept} className="relative h-full">
      <ObjectFrame object={object} onOpen={open} onWords={caption}>
        <CardFace
          {...{ object, sight, provider, now, onAction }}
          menu={<ObjectMenu object={object} own={ownItems({ ...own, edit: changes.edit })} />}
          seenBy={source && seenBy(source)}
          connect={source && sight.action && <ConnectOwn source={source} label={sight.action.label} />}
          onReplace={board.mayEdit ? replace : undefined}
        />
      </ObjectFrame>
      {adding.pasted?.id === object.id && <PastedChoice object={object} url={adding.pasted.url} />}
      {isCaptioning && <CaptionDialog object={object} onClose={() => setIsCaptioning(false)} />}
    </div>
  )
}

async function copy(text: string): Promise<void> {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  announce(done ? 'Link copied' : "Couldn't copy the link. Open it and copy its address.")
}

type Own = {
  object: Reference
  sight: Sight
  provider: string
  mayEdit: boolean
  refresh: () => void
  caption: () => void
  edit: (objectId: string, patch: { size: Reference['size'] }) => Promise<unknown>
}

/** What can be done with a card itself. Its address is there only for who sees the card. */
function ownItems({ object, sight, provider, mayEdit, refresh, caption, edit }: Own): MenuSection[] {
  const url = webAddress(sight.resource?.url ?? '')
  return [
    {
      items: [
        ...(url
          ? [
              {
                type: 'action' as const,
                label: `Open at ${provider}`,
                detail: 'opens in new tab',
                onSelect: () => void window.open(url, '_blank', 'noopener,noreferrer'),
              },
              { type: 'action' as const, label: 'Copy link', onSelect: () => void copy(url) },
            ]
          : []),
        { type: 'action', label: 'Refresh', onSelect: refresh },
        ...(mayEdit ? [{ type: 'action' as const, label: 'Caption…', onSelect: caption }] : []),
      ],
    },
    ...(mayEdit
      ? [
          {
            label: 'Size',
            items: sizes.map(([size, label]) => ({
              type: 'radio' as const,
              label,
              checked: object.size === size,
              onSelect: () => void edit(object.id, { size }),
            })),
          },
        ]
      : []),
  ]
}
