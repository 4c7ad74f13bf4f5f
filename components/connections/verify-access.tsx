'use client'
import { type ReactNode, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { buttonLook } from '#components/ui/button-look.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { OwnTime, Time } from '#components/ui/time.tsx'
import type { AtProvider, VerifiedView } from '#lib/connections/native-schema.ts'
import type { ProviderView, SlotView } from '#lib/connections/schema.ts'
import { refusalOf } from './main-action.tsx'
import type { Place } from './place.ts'
import { Leave } from './slot-section.tsx'
import { badgeOf } from './standing.ts'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'
import { useVerify, useVerifyOnReturn, verdictOf } from './use-verify.ts'
import { VerifyButton } from './verify-action.tsx'

type Props = { provider: ProviderView; verified: VerifiedView; slot: SlotView; place: Place }

const verifying = { status: 'verifying', signal: 'blue', text: 'Verifying…' } as const // as const: words of unions

/** Access that is verified instead of connected: how it stands, what that means, what an admin does about it. */
export function VerifyAccess({ provider, verified, slot, place }: Props) {
  const { busy, problem, verify, skip } = useVerify(provider, place.org.slug)
  const { onOpened } = useVerifyOnReturn(verify)
  const { name } = provider
  const [outcome, setOutcome] = useState<Outcome>()
  const refusal = refusalOf(slot, slot, name, place)
  return (
    <div id="access" className="scroll-mt-16">
      <PanelSection title="Access" hint={verified.about}>
        <Panel data-provider={provider.id} data-slot={slot.slot}>
          <div className="grid gap-3 p-4">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Badge {...(busy === 'verify' ? verifying : badgeOf(name, slot))} />
              {slot.connection && <Whose connection={slot.connection} />}
            </div>
            <Result {...{ provider, verified, slot }} />
            {problem && (
              <Notice
                tone="error"
                actions={
                  <Button size="row" onClick={() => void verify()}>
                    Retry
                  </Button>
                }
              >
                {problem}
              </Notice>
            )}
            {refusal && <p className="text-ink-2">{refusal}</p>}
            <div className="flex flex-wrap gap-2 empty:hidden">
              {slot.may.connect && slot.status !== 'disabled' && (
                <VerifyButton busy={busy !== null} onVerify={verify} />
              )}
              {slot.status === 'setup_required' && (
                <Outside href={verified.setUp.at} onOpened={onOpened}>
                  {verified.setUp.label}
                </Outside>
              )}
              {slot.status === 'not_available' && <Outside href={verified.plans}>See plans</Outside>}
              <Skip {...{ provider, slot }} busy={busy !== null} onSkip={skip} />
              <Leave provider={provider} slot={slot} place={place} onLeft={setOutcome} />
            </div>
            <ToldLeaving {...{ outcome, provider, slot, place }} onOver={() => setOutcome(undefined)} />
            <p className="max-w-read text-ink-2">{verified.seeing}</p>
          </div>
        </Panel>
      </PanelSection>
    </div>
  )
}

function Whose({ connection: { account, verifiedAt, status } }: { connection: NonNullable<SlotView['connection']> }) {
  return (
    <p>
      {account.label}
      {status === 'connected' && verifiedAt && (
        <>
          , verified <Time form="precise" value={verifiedAt} />
        </>
      )}
    </p>
  )
}

/** What came of it last, and what an admin of the site does then. */
function Result({ provider: { name }, verified, slot }: Pick<Props, 'provider' | 'verified' | 'slot'>) {
  const { status, reason, connection } = slot
  if (status === 'connected') return <p>{verdictOf(name, slot, connection?.account.label)}</p>
  if (status === 'not_configured' || status === 'disconnected')
    return (
      <p className="max-w-read">
        Plugboard asks whether {name} is on for your site. Nothing opens, and nobody is asked to sign in.
      </p>
    )
  return (
    <>
      {reason && (
        <p className="max-w-read">
          <OwnTime>{reason}</OwnTime>.
        </p>
      )}
      {status === 'setup_required' && <Steps {...verified.setUp} />}
      {status === 'no_access' && (
        <p className="max-w-read">
          Ask a site admin of {connection?.account.label} to give {personIn(slot)} access to {name}, then verify again.
        </p>
      )}
    </>
  )
}

const personIn = ({ connection }: SlotView): string => {
  const { person } = connection?.capabilities ?? {}
  return typeof person === 'string' ? person : 'that account'
}

function Steps({ why, steps }: AtProvider) {
  return (
    <div className="grid max-w-read gap-2">
      <p>{why}</p>
      <ol className="grid list-decimal gap-1 ps-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </div>
  )
}

function Outside({ href, onOpened, children }: { href: string; onOpened?: () => void; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer" className={buttonLook({ size: 'row' })} onClick={onOpened}>
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  )
}

type SkipProps = Pick<Props, 'provider' | 'slot'> & { busy: boolean; onSkip: (connection: string) => Promise<void> }

function Skip({ provider: { name }, slot, busy, onSkip }: SkipProps) {
  const { connection, status, reasonCode, may } = slot
  if (!connection || !may.connect || status !== 'not_available' || reasonCode === 'skipped') return null
  return (
    <Button size="row" variant="quiet" onClick={busy ? undefined : () => void onSkip(connection.id)}>
      Skip {name}
    </Button>
  )
}
