'use client'
import { buttonLook } from './button-look.ts'
import { Icon } from './icon.tsx'
import { Menu } from './menu.tsx'
import type { MenuSection } from './menu-item.tsx'

/** The ⋯ of a row or page; `label` says whose: "More actions for GitHub". */
export function MoreMenu({ label, sections }: { label: string; sections: readonly MenuSection[] }) {
  return (
    <Menu
      label={label}
      name={label}
      align="end"
      className={buttonLook({ variant: 'quiet', size: 'icon' })}
      trigger={<Icon name="more" />}
      sections={sections}
    />
  )
}
