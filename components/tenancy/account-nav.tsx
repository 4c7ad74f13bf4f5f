import { SectionNav } from '#components/ui/section-nav.tsx'

/** The pages about oneself. */
export function AccountNav() {
  return (
    <SectionNav
      label="Account sections"
      items={[
        { href: '/account/connections', label: 'My connections' },
        { href: '/account/preferences', label: 'Preferences' },
      ]}
    />
  )
}
