'use client'
import { type ComponentProps, type FormEvent, type ReactNode, useRef } from 'react'
import { cancelAttempt } from '#lib/attempts/client.ts'
import type { SlotName } from '#lib/connections/schema.ts'
import { beginAttempt } from './attempts.ts'
import type { Place } from './place.ts'

type Connecting = {
  provider: { id: string; name: string }
  slot: SlotName
  connection?: string
  place: Place
  /** What is connected with it, where that was chosen before. */
  also?: readonly string[] | undefined
}

/**
 * The form whose answer is the provider's page: in a new tab, or in this one where the pressed button says `_self`. It is
 * sent by the browser itself, so no script has to open a window.
 */
export function ConnectForm({
  provider,
  slot,
  connection,
  place,
  also: chosen = [],
  children,
  ...rest
}: Connecting & { children: ReactNode } & Pick<ComponentProps<'form'>, 'id' | 'className'>) {
  const attempt = useRef<HTMLInputElement>(null)
  const begin = ({ nativeEvent, currentTarget }: FormEvent<HTMLFormElement>) => {
    const { submitter } = nativeEvent as SubmitEvent // what a submit event is
    const isHere = submitter instanceof HTMLButtonElement && submitter.formTarget === '_self'
    const id = crypto.randomUUID() // each press is an attempt of its own
    if (attempt.current) attempt.current.value = id
    const { id: providerId, name } = provider
    const org = place.org.slug
    const returnTo = isHere ? { returnTo: location.pathname + location.search } : {}
    const also = new FormData(currentTarget).getAll('also').map(String)
    const before = beginAttempt({ id, org, provider: providerId, name, slot, startedAt: Date.now(), also, ...returnTo })
    if (before) void cancelAttempt(org, before).catch(() => {}) // it may never have reached the server
  }
  return (
    <form method="post" action={`/connect/${provider.id}`} target="_blank" onSubmit={begin} {...rest}>
      <input type="hidden" name="org" value={place.org.slug} />
      <input type="hidden" name="slot" value={slot} />
      <input type="hidden" name="csrf" value={place.csrf} />
      {connection && <input type="hidden" name="connection" value={connection} />}
      <input ref={attempt} type="hidden" name="attempt" />
      {chosen.map((one) => (
        <input key={one} type="hidden" name="also" value={one} />
      ))}
      {children}
    </form>
  )
}
