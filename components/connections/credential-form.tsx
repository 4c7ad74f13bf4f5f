'use client'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Radio } from '#components/ui/checkbox.tsx'
import { Fieldset } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { MethodView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { ConnectForm } from './connect-form.tsx'
import { isKeyMethod, type KeyMethod } from './key-words.ts'
import type { Place } from './place.ts'
import { isThere, methodNames } from './slot-words.ts'
import { tellKeyKept } from './tell-key-kept.ts'
import { useShowReached } from './use-show-reached.ts'

const KeyForm = lazy(async () => ({ default: (await import('./key-form.tsx')).KeyForm }))

type Props = {
  provider: ProviderView
  slot: SlotView
  place: Place
  level: 3 | 4
  /** The slot's main button, which is the way of its own page. */
  main: ReactNode
}

/** How a slot is to be connected, where that is still open or there is another way, and the form of the way chosen. */
export function CredentialForm({ provider, slot, place, level, main }: Props) {
  const current = isThere(slot) ? slot.methods.find(({ id }) => id === slot.connection?.method) : undefined
  const [chosen, setChosen] = useState<string>()
  const method = slot.methods.find(({ id }) => id === chosen) ?? current ?? slot.methods[0]
  if (!method || (slot.methods.length === 1 && (current || !isKeyMethod(method)))) return null
  return (
    <>
      {slot.methods.length > 1 && (
        <Fieldset legend="How to connect">
          {slot.methods.map((one) => (
            <Radio
              key={one.id}
              name={`method-${slot.slot}`}
              value={one.id}
              label={wayOf(one, provider.name)}
              checked={one === method}
              onChange={() => setChosen(one.id)}
            />
          ))}
        </Fieldset>
      )}
      {current && method !== current && <Consequence {...{ provider, slot }} from={current} to={method} />}
      {method !== current && (
        <Way key={method.id} {...{ provider, slot, method, place, level, main }} isSwitch={!!current} />
      )}
    </>
  )
}

const wayOf = (method: MethodView, name: string): string =>
  isKeyMethod(method) ? (methodNames[method.type] ?? method.type) : `Sign in at ${name} (OAuth)`

type ConsequenceProps = { provider: ProviderView; slot: SlotView; from: MethodView; to: MethodView }

/** What becomes of what is there, before anybody switches. */
function Consequence({ provider: { name }, slot, from, to }: ConsequenceProps) {
  const old = isKeyMethod(from) ? from.noun : 'sign-in'
  const renewal = isKeyMethod(to)
    ? `A ${to.noun} does not renew itself: somebody replaces it before it ends.`
    : 'It renews itself as long as nobody revokes it.'
  return (
    <Notice tone="info">
      The {old} of {slot.connection?.account.label} works until the new way has passed; then Plugboard deletes it.
      Boards, resource selections and settings of {name} stay. {renewal}
    </Notice>
  )
}

type WayProps = Props & { method: MethodView; isSwitch: boolean }

function Way({ provider, slot, method, place, level, main, isSwitch }: WayProps) {
  if (isKeyMethod(method)) return <PastedKey {...{ provider, slot, method, place, level }} />
  if (!isSwitch) return main
  return (
    <ConnectForm provider={provider} slot={slot.slot} connection={slot.connection?.id} place={place}>
      <Button type="submit">Sign in at {provider.name}</Button>
    </ConnectForm>
  )
}

function PastedKey({ provider, slot, method, place, level }: Omit<Props, 'main'> & { method: KeyMethod }) {
  const queries = useQueryClient()
  const showNext = useShowReached()
  const at = { provider, slot, method, org: place.org.slug }
  return (
    <div className="max-w-dialog-wide">
      <Suspense fallback={null}>
        <KeyForm
          at={at}
          level={level}
          onPassed={(tested) => void tellKeyKept(queries, at, tested).then(() => showNext(at))}
        />
      </Suspense>
    </div>
  )
}
