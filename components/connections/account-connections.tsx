'use client'
import { type ReactNode, useState } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { counted } from '#components/ui/counted.ts'
import { Details } from '#components/ui/details.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { ProviderIcon } from '#components/ui/provider-icon.tsx'
import { OwnTime, Time } from '#components/ui/time.tsx'
import type { ConnectionView, OwnAccountView, ProviderView, SlotView, Standing } from '#lib/connections/schema.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { ConnectForm } from './connect-form.tsx'
import { MainAction } from './main-action.tsx'
import type { Place } from './place.ts'
import { ScopeList } from './scope-list.tsx'
import { Leave } from './slot-section.tsx'
import { badgeOf, standingOf } from './standing.ts'
import { StatusUnavailable } from './status-unavailable.tsx'
import type { Outcome } from './told.tsx'
import { ToldLeaving } from './told-leaving.tsx'
import { usePolledProvider } from './use-provider.ts'

type Props = {
  accounts: readonly OwnAccountView[]
  csrf: string
  /** The organization whose integrations one can go to; null for somebody who is a guest everywhere. */
  home: string | null
}

/** One's own accounts, each with what was granted, and the ways to mend and to end it. */
export function AccountConnections({ accounts, csrf, home }: Props) {
  if (accounts.length === 0)
    return (
      <EmptyState
        title="You haven't connected anything."
        action={home && <ButtonLink href={`/${home}/settings/integrations`}>Go to integrations</ButtonLink>}
      />
    )
  return (
    <Panel as="ul" aria-label="My connections">
      {accounts.map(({ organization, provider }) => (
        <AccountRow
          key={`${organization.slug} ${provider.id}`}
          initial={provider}
          place={{ org: organization, csrf, admins: [] }}
        />
      ))}
    </Panel>
  )
}

function AccountRow({ initial, place }: { initial: ProviderView; place: Place }) {
  const { provider, isUnknown, retry } = usePolledProvider(place.org.slug, initial)
  const slot = provider.slots.find((entry) => entry.slot === 'user')
  if (!slot) return null
  return (
    <Account provider={provider} slot={slot} place={place}>
      {isUnknown && <StatusUnavailable {...retry} />}
    </Account>
  )
}

type AccountProps = { provider: ProviderView; slot: SlotView; place: Place; children: ReactNode }

function Account({ provider, slot, place, children }: AccountProps) {
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const [outcome, setOutcome] = useState<Outcome>()
  const { connection } = slot
  return (
    <li data-provider={provider.id} className="grid gap-3 p-4">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-64 items-start gap-3">
          <ProviderIcon provider={provider.id} />
          <div className="min-w-0">
            <h2 className="font-semibold">
              {provider.name} <span className="font-normal text-ink-2">{connection?.account.label}</span>
            </h2>
            <p className="text-ink-3 text-small">In {place.org.name}</p>
          </div>
        </div>
        <AccountStanding name={provider.name} standing={standing} connection={connection} />
        <div className="flex flex-wrap gap-2">
          <MainAction {...{ provider, slot, standing, attempt, place }} isOnPage />
          <Again {...{ provider, slot, standing, place }} />
          <Leave provider={provider} slot={slot} place={place} onLeft={setOutcome} />
        </div>
      </div>
      {children}
      <AttemptPanel provider={provider} slot={slot} place={place} />
      <ToldLeaving {...{ outcome, provider, slot, place }} onOver={() => setOutcome(undefined)} />
      {connection && standing.status !== 'disconnected' && (
        <Granted provider={provider} granted={connection.scopes.granted} />
      )}
      <p>
        <a className="link" href={provider.leave.by} target="_blank" rel="noreferrer">
          Review what Plugboard may do at {provider.name} (opens in a new tab)
        </a>
      </p>
    </li>
  )
}

type AgainProps = { provider: ProviderView; slot: SlotView; standing: Standing; place: Place }

/** An account that works can be connected anew as well; the connection and all that refers to it stay. */
function Again({ provider, slot, standing: { status, nextAction }, place }: AgainProps) {
  const { connection, may } = slot
  const isConsent = connection?.method === 'oauth2'
  const isOffered = nextAction?.id === 'reconnect' || nextAction?.id === 'grant_missing'
  if (status !== 'connected' || !isConsent || isOffered || !may.connect) return null
  return (
    <ConnectForm provider={provider} slot={slot.slot} connection={connection.id} place={place}>
      <Button type="submit" size="row" aria-label={`Reconnect ${provider.name}`}>
        Reconnect
      </Button>
    </ConnectForm>
  )
}

type AccountStandingProps = { name: string; standing: Standing; connection: ConnectionView | null }

function AccountStanding({ name, standing, connection }: AccountStandingProps) {
  const { verifiedAt = null, lastUsedAt = null } = connection ?? {}
  return (
    <div className="grid gap-1">
      <Badge {...badgeOf(name, standing)} />
      {standing.reason && (
        <p className="text-ink-3 text-small">
          <OwnTime>{standing.reason}</OwnTime>
        </p>
      )}
      {verifiedAt && standing.status === 'connected' && (
        <p className="text-ink-3 text-small">
          Checked <Time form="precise" value={verifiedAt} />
        </p>
      )}
      {connection && standing.status !== 'disconnected' && (
        <p className="text-ink-3 text-small">
          {lastUsedAt ? (
            <>
              Last used <Time form="precise" value={lastUsedAt} />
            </>
          ) : (
            'Not used yet'
          )}
        </p>
      )}
    </div>
  )
}

function Granted({ provider, granted }: { provider: ProviderView; granted: readonly string[] }) {
  if (granted.length === 0) return null
  const known = granted.map(
    (name) => provider.scopes.find((scope) => scope.name === name) ?? { name, why: '', optional: false },
  )
  return (
    <Details summary={counted(granted.length, 'permission granted', 'permissions granted')}>
      <ScopeList scopes={known} />
    </Details>
  )
}
