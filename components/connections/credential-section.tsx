'use client'
import { Panel, PanelSection } from '#components/ui/panel.tsx'
import { useKeptFocus } from '#components/ui/use-kept-focus.ts'
import type { ConnectionView, ProviderView, SlotView } from '#lib/connections/schema.ts'
import { AttemptPanel } from './attempt-panel.tsx'
import { useAttempt } from './attempts.ts'
import { CredentialForm } from './credential-form.tsx'
import { isKeyMethod } from './key-words.ts'
import { MainAction, refusalOf } from './main-action.tsx'
import { adminsOnly, type Place } from './place.ts'
import { ReplaceKey } from './replace-key.tsx'
import { isThere, methodNames, slotTitle } from './slot-words.ts'
import { mainSlot, standingOf } from './standing.ts'

type Props = { provider: ProviderView; place: Place }

/** What each connection is made with, and the ways to renew it or to make it another way. */
export function CredentialSection({ provider, place }: Props) {
  return (
    <PanelSection title="Credential">
      <Panel>
        {provider.slots.map((slot) => (
          <SlotCredential key={slot.slot} provider={provider} slot={slot} place={place} />
        ))}
      </Panel>
    </PanelSection>
  )
}

const controls = '[data-credential] :is(a[href], button, input):not([type="hidden"])'

function SlotCredential({ provider, slot, place }: Props & { slot: SlotView }) {
  // a form that has done its work goes, with the focus in it
  const kept = useKeptFocus<HTMLDivElement>((around) =>
    [...around.querySelectorAll<HTMLElement>(controls)].find((control) => control.checkVisibility()),
  )
  const attempt = useAttempt(place.org.slug, provider.id, slot.slot)
  const standing = standingOf(slot, attempt)
  const hasTwo = provider.slots.length > 1
  const main = <MainAction {...{ provider, slot, standing, attempt, place }} isOnPage />
  // where the way is still to be chosen, the button stands below the choice
  const isOpen = provider.enabled && !isThere(slot) && slot.methods.some(isKeyMethod)
  return (
    <div {...kept} data-provider={provider.id} data-slot={slot.slot} className="grid grid-cols-1 gap-3 p-4">
      {hasTwo && <h3 className="font-semibold">{slotTitle(provider, slot)}</h3>}
      <p>{slot.connection && isThere(slot) ? <Made connection={slot.connection} /> : 'Nothing is connected.'}</p>
      <div data-credential className="grid grid-cols-1 gap-4 empty:hidden">
        {slot.may.connect ? (
          <>
            <div className="flex flex-wrap gap-2 empty:hidden">
              {!isOpen && main}
              <ReplaceKey {...{ provider, slot, standing, place }} />
            </div>
            {provider.enabled && <CredentialForm {...{ provider, slot, place, main }} level={hasTwo ? 4 : 3} />}
          </>
        ) : (
          <p className="text-ink-2">{refusalOf(standing, slot, provider.name, place) ?? refused(provider, place)}</p>
        )}
      </div>
      {slot !== mainSlot(provider) && <AttemptPanel provider={provider} slot={slot} place={place} />}
    </div>
  )
}

const refused = ({ name }: ProviderView, { org, admins }: Place): string =>
  adminsOnly(`change how ${name} is connected for everyone in ${org.name}`, admins)

function Made({ connection }: { connection: ConnectionView }) {
  const { credential, account, createdBy } = connection
  return (
    <>
      {methodNames[credential.type] ?? credential.type} of {account.label}
      {credential.endsWith && (
        <>
          , ending <code className="font-mono">{credential.endsWith}</code>
        </>
      )}
      , added by {createdBy.name}.
    </>
  )
}
