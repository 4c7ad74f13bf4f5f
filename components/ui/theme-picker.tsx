'use client'
import { Radio } from './checkbox.tsx'
import { Fieldset } from './field.tsx'
import { themes } from './theme.ts'
import { setTheme, useTheme } from './use-theme.ts'

export const themeLabels = { system: 'System', light: 'Light', dark: 'Dark' } as const

/** The three themes as a question, for a page of preferences. It takes effect at once. */
export function ThemePicker() {
  const current = useTheme()
  return (
    <Fieldset legend="Theme">
      <div className="flex flex-wrap gap-x-4">
        {themes.map((theme) => (
          <Radio
            key={theme}
            name="theme"
            value={theme}
            label={themeLabels[theme]}
            checked={theme === current}
            onChange={() => setTheme(theme)}
          />
        ))}
      </div>
    </Fieldset>
  )
}
