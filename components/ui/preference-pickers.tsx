'use client'
import { useSyncExternalStore } from 'react'
import { Radio, Switch } from './checkbox.tsx'
import { Field, Fieldset } from './field.tsx'
import { Select } from './input.tsx'
import type { Preferences } from './preferences.ts'
import { Time } from './time.tsx'
import { setPreferences, usePreferences } from './use-preferences.ts'

const densities = { comfortable: 'Comfortable', compact: 'Compact' } as const
const clocks = { '24': '24 hours', '12': '12 hours' } as const

type Choices<Name extends 'density' | 'clock'> = {
  legend: string
  name: Name
  words: Readonly<Record<Preferences[Name], string>>
}

/** One of two; it takes effect at once. */
function Choice<Name extends 'density' | 'clock'>({ legend, name, words }: Choices<Name>) {
  const current = usePreferences()[name]
  const options = Object.keys(words) as Preferences[Name][] // the keys of the record
  return (
    <Fieldset legend={legend}>
      <div className="flex flex-wrap gap-x-4">
        {options.map((option) => (
          <Radio
            key={option}
            name={name}
            value={option}
            label={words[option]}
            checked={option === current}
            onChange={() => setPreferences({ [name]: option })}
          />
        ))}
      </div>
    </Fieldset>
  )
}

/** How close together rows are. */
export const DensityPicker = () => <Choice legend="Density" name="density" words={densities} />

/** Less that moves, whatever the device asks for. */
export function MotionSwitch() {
  return (
    <Switch
      label="Reduce motion"
      hint="Off: as your device asks. On: nothing slides or turns, also where the device does not ask for it."
      checked={usePreferences().motion === 'reduce'}
      onChange={({ target }) => setPreferences({ motion: target.checked ? 'reduce' : 'system' })}
    />
  )
}

const never = () => () => {}
/** The zones this browser knows, and which is its own; none on the server, which knows others. */
const zones = () =>
  (known ??= [Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])
let known: string[] | undefined
const none: string[] = []

/** In which zone and by which clock times are told, with the present one as an example. `now` in ISO 8601. */
export function TimePickers({ now }: { now: string }) {
  const { zone } = usePreferences()
  const [own, ...all] = useSyncExternalStore(never, zones, () => none)
  return (
    <div className="grid max-w-form gap-4">
      <Field label="Time zone" hint="Of every time a page shows. Files you download keep UTC.">
        {(control) => (
          <Select
            {...control}
            value={zone ?? ''}
            onChange={({ target }) => setPreferences({ zone: target.value === '' ? null : target.value })}
          >
            <option value="">Automatic{own && ` (${own})`}</option>
            {(all.length > 0 ? [...new Set([...all, ...(zone ? [zone] : [])])] : zone ? [zone] : []).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        )}
      </Field>
      <Choice legend="Clock" name="clock" words={clocks} />
      <p className="text-ink-2">
        A time reads like this: <Time form="absolute" value={now} />
      </p>
    </div>
  )
}
