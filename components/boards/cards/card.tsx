'use client'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import type { MenuSection } from '#components/ui/menu-item.tsx'
import { problemOf } from '#lib/platform/client.ts'
import { useOpenBoard } from '../board-context.ts'
import { CaptionDialog } from '../caption-dialog.tsx'
import { webAddress } from '../links.ts'
import { spokenName } from '../names.ts'
import { ObjectFrame } from '../object-frame.tsx'
import { ObjectMenu } from '../object-menu.tsx'
import type { Reference } from '../outline.ts'
import { seenBy } from '../sources.ts'
import { useNow } from '../use-now.ts'
import { useOnline } from '../use-online.ts'
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

/** A reference as this viewer sees it. It is read once it comes near the screen. */
export function Card({ object }: { object: Reference }) {
  const { board, org, known, cards, changes, sources, isEnded } = useOpenBoard()
  const place = useRef<HTMLDivElement>(null)
  const isNear = useNear(place)
  const isVisible = usePageVisible()
  const isOnline = useOnline()
  const now = useNow()
  const [isCaptioning, setIsCaptioning] = useState(false)
  const { data: card, error } = useQuery({ ...cards.queryOf(object.id), enabled: isNear && isVisible && !isEnded })
  const failure = isEnded ? { kind: 'sign-in-required', message: '' } : error && problemOf(error)
  const sight = sightOf({ card, failure, isOnline })
  const provider = known.providerName(object.provider)

  const source = sources.find(({ id }) => id === object.provider)
  const refresh = () => void cards.refresh([object.id])
  const actions: Partial<Record<CardAction, () => void>> = {
    retry: refresh,
    refresh,
    remove: () => void changes.remove(object, spokenName(object, known)),
  }
  const onAction = (action: CardAction) => {
    const act = actions[action]
    if (act) act()
    else location.assign(`/${org}/settings/integrations/${object.provider}`)
  }
  const caption = board.mayEdit ? () => setIsCaptioning(true) : () => {}
  const open = () => place.current?.querySelector<HTMLAnchorElement>('[data-open]')?.click()
  const menu = (
    <ObjectMenu
      object={object}
      own={ownItems({ object, sight, provider, refresh, caption, ...changes, mayEdit: board.mayEdit })}
    />
  )
  return (
    <div ref={place} className="h-full">
      <ObjectFrame object={object} onOpen={open} onWords={caption}>
        <CardFace
          {...{ object, sight, provider, now, menu, onAction }}
          seenBy={source && seenBy(source)}
          connect={source && sight.action && <ConnectOwn source={source} label={sight.action.label} />}
        />
      </ObjectFrame>
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
          { items: [{ type: 'action' as const, label: 'Caption…', detail: 'F2', onSelect: caption }] },
        ]
      : []),
  ]
}
