'use client'
import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ErrorDetails } from '#components/ui/details.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { attemptOf } from '#lib/attempts/client.ts'
import { standingsOf } from '#lib/connections/client.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { AttemptWaiting } from './attempt-waiting.tsx'
import { type Attempt, forgetAttempt } from './attempts.ts'
import { ConnectForm } from './connect-form.tsx'
import { type Place, providerPath } from './place.ts'
import { useCancel } from './use-cancel.ts'
import { WithCode } from './with-code.tsx'

type Props = { attempt: Attempt; provider: ProviderView; slot: SlotView; place: Place }

/** An attempt as it is now: under way, ended one way or another, or not watched any more. */
export function AttemptCurrent({ attempt, provider, slot, place }: Props) {
  const cancel = useCancel()
  const { ending, isSignedOut, isTimedOut } = attempt
  const again = (label: string) => (
    <ConnectForm
      provider={provider}
      slot={slot.slot}
      connection={slot.connection?.id}
      place={place}
      also={slot.also.flatMap(({ id }) => (attempt.also?.includes(id) ? [id] : []))}
    >
      <Button type="submit" size="row">
        {label}
      </Button>
    </ConnectForm>
  )
  if (ending?.tone === 'ok') return <Done attempt={attempt} text={ending.text} />
  if (ending)
    return (
      <Notice
        tone={ending.tone}
        actions={
          <>
            {ending.next === 'connect' && again(slot.connection ? 'Connect again' : 'Connect')}
            {ending.next === 'grant' && again('Grant missing permission')}
            <Dismiss attempt={attempt} label={ending.next === 'grant' ? 'Keep as is' : 'Dismiss'} />
          </>
        }
      >
        <WithCode text={ending.text} />
        <ErrorDetails code={ending.code} />
      </Notice>
    )
  if (isTimedOut) return <Timeout attempt={attempt} again={again('Connect again')} />
  if (isSignedOut) return <SignedOut />
  return (
    <AttemptWaiting attempt={attempt} provider={provider} slot={slot} place={place} onCancel={() => cancel(attempt)} />
  )
}

/** The next thing in the row gets the focus of a panel that goes. */
function dismiss({ id }: Attempt, button: HTMLElement): void {
  const home = button.closest('[data-provider]')?.querySelector<HTMLElement>('[data-main-action] :is(a, button)')
  forgetAttempt(id)
  home?.focus()
}

function Dismiss({ attempt, label }: { attempt: Attempt; label: string }) {
  return (
    <Button size="row" onClick={({ currentTarget }) => dismiss(attempt, currentTarget)}>
      {label}
    </Button>
  )
}

function Done({ attempt, text }: { attempt: Attempt; text: string }) {
  return (
    <Notice
      tone="ok"
      actions={
        <>
          <NextSteps attempt={attempt} />
          <Dismiss attempt={attempt} label="Dismiss" />
        </>
      }
    >
      {text}
    </Notice>
  )
}

/** Where to go from here; not where one is. */
function NextSteps({ attempt: { org, provider, name } }: { attempt: Attempt }) {
  const here = usePathname()
  const steps = [
    { href: `/${org}/boards`, label: 'Add a reference to a board' },
    { href: providerPath(org, provider), label: `Open ${name}'s page here` },
  ]
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 pe-2 empty:hidden">
      {steps
        .filter(({ href }) => here !== href && !here.startsWith(`${href}/`))
        .map(({ href, label }) => (
          <li key={href}>
            <Link className="link inline-block min-h-6" prefetch={false} href={href}>
              {label}
            </Link>
          </li>
        ))}
    </ul>
  )
}

function SignedOut() {
  const next = encodeURIComponent(location.pathname)
  return (
    <Notice tone="warn" title="Your session has ended">
      <a className="link" href={`/login?next=${next}`}>
        Sign in again
      </a>{' '}
      to see whether it connected.
    </Notice>
  )
}

function Timeout({ attempt, again }: { attempt: Attempt; again: ReactNode }) {
  const queries = useQueryClient()
  const { id, org, name, startedAt } = attempt
  const refresh = () => {
    void queries.refetchQueries({ queryKey: attemptOf({ org, id, startedAt }).queryKey })
    void queries.invalidateQueries({ queryKey: standingsOf(org) })
  }
  return (
    <Notice
      tone="warn"
      live="alert"
      actions={
        <>
          <Button size="row" onClick={refresh}>
            Refresh
          </Button>
          {again}
          <Dismiss attempt={attempt} label="Dismiss" />
        </>
      }
    >
      <h3 className="font-semibold">Connection timeout</h3>
      We stopped checking after 4 minutes. If you finished at {name} it may have worked: refresh to see the card's
      status. If it still says Not configured, connect again.
    </Notice>
  )
}
