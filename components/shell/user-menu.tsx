'use client'
import { useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Menu } from '#components/ui/menu.tsx'
import type { MenuItem } from '#components/ui/menu-item.tsx'
import { themes } from '#components/ui/theme.ts'
import { themeLabels } from '#components/ui/theme-picker.tsx'
import { setTheme, useTheme } from '#components/ui/use-theme.ts'
import type { Person } from './props.ts'
import { signOut } from './sign-out.ts'

const failed = "Couldn't sign out. Check the connection and try again."

/** Who is signed in: their account, the theme, the way out. */
export function UserMenu({ person }: { person: Person }) {
  const current = useTheme()
  const [problem, setProblem] = useState(false)
  const leave = () => {
    setProblem(false)
    signOut().catch(() => {
      setProblem(true)
      announce(failed, 'assertive')
    })
  }
  const account: MenuItem[] = [
    { type: 'link', label: 'My connections', href: '/account/connections' },
    { type: 'link', label: 'Preferences', href: '/account/preferences' },
  ]
  const theme: MenuItem[] = themes.map((value) => ({
    type: 'radio',
    label: themeLabels[value],
    checked: value === current,
    onSelect: () => setTheme(value),
  }))
  return (
    <div className="grid gap-1">
      {problem && <p className="px-2 text-error text-small">{failed}</p>}
      <Menu
        label="Account"
        className="grid w-full rounded-control px-2 py-1.5 text-start hover:bg-inset pointer-coarse:min-h-11"
        trigger={
          <>
            <span className="sr-only">Account:</span>
            <span className="truncate font-medium">{person.name}</span>
            <span className="truncate text-ink-3 text-small">{person.email}</span>
          </>
        }
        sections={[
          { items: account },
          { label: 'Theme', items: theme },
          { items: [{ type: 'action', label: 'Sign out', onSelect: leave }] },
        ]}
      />
    </div>
  )
}
