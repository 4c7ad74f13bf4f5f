'use client'
import { useQuery } from '@tanstack/react-query'
import { AttemptPanel } from '#components/connections/attempt-panel.tsx'
import { adminsOnly, type Place } from '#components/connections/place.ts'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { Table, Th } from '#components/ui/table.tsx'
import { useOwnTime } from '#components/ui/time.tsx'
import { providersOf } from '#lib/connections/client.ts'
import type { ProviderList, ProviderView } from '#lib/connections/schema.ts'
import { rotationOf } from '#lib/governance/client.ts'
import type { RotationRegister } from '#lib/governance/schema.ts'
import { RotationPolicyForm } from './rotation-policy.tsx'
import { RotationRow } from './rotation-row.tsx'
import { leftLines, summaryOf } from './rotation-words.ts'

type Props = { initial: RotationRegister; providers: ProviderList; place: Place }

/** Which of the organization's credentials somebody has to replace, and by when; and the rule for it. */
export function Rotation({ initial, providers, place }: Props) {
  const { slug } = place.org
  const register = useQuery({ ...rotationOf(slug), initialData: initial }).data
  const { items: all } = useQuery({ ...providersOf(slug), initialData: providers }).data
  const summary = summaryOf(register.items)
  const shown = useOwnTime()
  return (
    <>
      <PanelSection
        title="Rotation register"
        hint="The organization's keys, tokens and sign-ins; one that renews itself says so. Members' own accounts are theirs to renew."
      >
        {leftLines(register.items, shown).map((line) => (
          <Notice key={line} tone="warn" title={line} />
        ))}
        {register.items.length > 0 ? (
          <p data-summary>{summary ?? 'No credentials need rotating.'}</p>
        ) : (
          <EmptyState title="No credentials need rotating.">
            A key or token that somebody pastes is listed here, with its age.
          </EmptyState>
        )}
        {register.items.length > 0 && <Register {...{ register, all, place }} />}
        <Attempts {...{ register, all, place }} />
      </PanelSection>
      <PanelSection
        title="Rotation policy"
        hint="Reminders go to owners and admins 14, 7 and 1 days before, then weekly."
      >
        {register.may.change ? (
          <RotationPolicyForm org={slug} everyDays={register.everyDays} />
        ) : (
          <p>
            Every {register.everyDays} days.{' '}
            <span className="text-ink-2">{adminsOnly('change this or rotate credentials', place.admins)}</span>
          </p>
        )}
      </PanelSection>
    </>
  )
}

type Listed = { register: RotationRegister; all: readonly ProviderView[]; place: Place }

const columns = ['Provider', 'Credential', 'Owner', 'Created', 'Due', 'Kept at', 'Actions']

function Register({ register, all, place }: Listed) {
  return (
    <Table isWide caption="Credentials of the organization" head={columns.map((name) => <Th key={name}>{name}</Th>)}>
      {register.items.map((item) => (
        <RotationRow
          key={item.connection}
          item={item}
          provider={all.find(({ id }) => id === item.provider)}
          place={place}
          mayReport={register.may.change}
        />
      ))}
    </Table>
  )
}

/** What goes on where somebody connects again from here. */
function Attempts({ register, all, place }: Listed) {
  const shown = all.filter(({ id }) => register.items.some((item) => item.provider === id && item.type === 'oauth2'))
  return shown.flatMap((provider) =>
    provider.slots
      .filter(({ slot }) => slot === 'organization')
      .map((slot) => <AttemptPanel key={provider.id} provider={provider} slot={slot} place={place} />),
  )
}
