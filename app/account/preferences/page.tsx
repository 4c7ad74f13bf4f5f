import type { Metadata } from 'next'
import { Page } from '#components/shell/page.tsx'
import { EndSessions, NameForm, PasswordForm } from '#components/tenancy/account-forms.tsx'
import { AccountNav } from '#components/tenancy/account-nav.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { PanelSection } from '#components/ui/panel.tsx'
import { DensityPicker, MotionSwitch, TimePickers } from '#components/ui/preference-pickers.tsx'
import { SingleKeysSwitch } from '#components/ui/single-keys-switch.tsx'
import { ThemePicker } from '#components/ui/theme-picker.tsx'
import { requirePerson } from '#lib/tenancy/gate.ts'
import { countOwnTokens } from '#lib/tokens/queries.ts'

export const metadata: Metadata = { title: 'Preferences' }

/** Name, look, times, keyboard, password, sessions. */
export default async function PreferencesPage() {
  const { id, name, email } = await requirePerson()
  const tokens = await countOwnTokens(id)
  return (
    <Page>
      <PageHeader title="Preferences" sub="Look, times and keyboard are kept in this browser." />
      <AccountNav />
      <PanelSection title="You">
        <NameForm name={name} email={email} />
      </PanelSection>
      <PanelSection title="Look">
        <ThemePicker />
        <DensityPicker />
        <MotionSwitch />
      </PanelSection>
      <PanelSection title="Times">
        <TimePickers now={new Date().toISOString()} />
      </PanelSection>
      <PanelSection title="Keyboard">
        <SingleKeysSwitch />
      </PanelSection>
      <PanelSection title="Password" hint="A new password signs every other browser out.">
        <PasswordForm email={email} tokens={tokens} />
      </PanelSection>
      <PanelSection title="Sessions" hint="If a device was lost, or you forgot to sign out somewhere.">
        <EndSessions tokens={tokens} />
      </PanelSection>
    </Page>
  )
}
