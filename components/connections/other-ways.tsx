'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { MethodView, ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { ConnectForm } from './connect-form.tsx'
import { isKeyMethod, methodWithArticle } from './key-words.ts'
import { LazyKeyDialog } from './lazy-key-dialog.tsx'
import type { Place } from './place.ts'

type Props = { provider: ProviderView; slot: SlotView; standing: Standing; place: Place }

/** The ways to connect that the main button is not for, where nothing is connected. */
export function OtherWays({ provider, slot, standing, place }: Props) {
  const { nextAction } = standing
  if (!nextAction?.may || (nextAction.id !== 'connect' && nextAction.id !== 'configure')) return null
  const isKeyFirst = nextAction.id === 'configure'
  const main = slot.methods.find((method) => isKeyMethod(method) === isKeyFirst)
  return slot.methods
    .filter((method) => method !== main)
    .map((method) => <OtherWay key={method.id} {...{ provider, slot, method, place }} />)
}

type WayProps = Omit<Props, 'standing'> & { method: MethodView }

function OtherWay({ provider, slot, method, place }: WayProps) {
  const [isOpen, setIsOpen] = useState(false)
  if (isKeyMethod(method))
    return (
      <>
        <Button size="row" variant="quiet" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          Use {methodWithArticle(method)} instead
        </Button>
        {isOpen && <LazyKeyDialog {...{ provider, slot, method, place }} onClose={() => setIsOpen(false)} />}
      </>
    )
  if (method.type !== 'oauth2') return null
  return (
    <ConnectForm provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
      <Button type="submit" size="row" variant="quiet">
        Sign in at {provider.name} instead
      </Button>
    </ConnectForm>
  )
}
